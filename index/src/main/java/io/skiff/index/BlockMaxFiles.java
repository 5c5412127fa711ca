package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.blockmax.BlockMaxSinks;
import io.skiff.index.blockmax.BlockMaxWriter;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The four files of a segment's block-max structures while they are built. */
final class BlockMaxFiles implements Closeable {
    /** In the order of {@link BlockMaxSinks}. */
    static final List<FileKind> KINDS =
            List.of(FileKind.BLOCKTERMS, FileKind.BLOCKBOUNDS, FileKind.BLOCKOFFSETS, FileKind.BLOCKRECORDS);

    private final List<FrameWriter> files = new ArrayList<>();

    /** Creates them in a directory. */
    BlockMaxFiles(Path directory) throws IOException {
        try {
            for (FileKind kind : KINDS) {
                files.add(new FrameWriter(directory, kind));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Builds them from the finished postings file; returns what the files will be. */
    List<FileInfo> write(FrameWriter postingsFile, TermPostings terms, int documentCount, BlockMaxOptions options)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            BlockMaxWriter.write(
                    new WrittenPostings(postingsFile.map(arena), terms, documentCount),
                    options,
                    new BlockMaxSinks(
                            files.get(0).stream(),
                            files.get(1).stream(),
                            files.get(2).stream(),
                            files.get(3).stream()));
        }
        List<FileInfo> infos = new ArrayList<>();
        for (FrameWriter file : files) {
            infos.add(file.finish());
        }
        return infos;
    }

    /** Seals all four. */
    void seal(long segmentId) throws IOException {
        for (FrameWriter file : files) {
            file.seal(segmentId);
        }
    }

    /** Closes what was opened; files that were not sealed stay without a frame. */
    @Override
    public void close() throws IOException {
        for (FrameWriter file : files) {
            file.close();
        }
    }
}
