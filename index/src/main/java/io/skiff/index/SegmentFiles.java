package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** The files of a segment while they are written, in one folder. */
final class SegmentFiles implements Closeable {
    private final Path folder;
    private final boolean syncs;
    private final Map<FileKind, FrameWriter> files = new EnumMap<>(FileKind.class);

    /**
     * Files in a folder.
     *
     * @param syncs whether they are made durable when they are sealed
     */
    SegmentFiles(Path folder, boolean syncs) {
        this.folder = folder;
        this.syncs = syncs;
    }

    /** Starts the file of a kind; closed with the others. */
    FrameWriter open(FileKind kind) throws IOException {
        FrameWriter file = new FrameWriter(folder, kind);
        files.put(kind, file);
        return file;
    }

    /** Ends all files and gives them their names; {@code claim} takes an id unless another segment has it. */
    SegmentInfo seal(int documentCount, LongPredicate claim) throws IOException {
        List<FileInfo> infos = new ArrayList<>();
        for (FrameWriter file : files.values()) {
            infos.add(file.finish());
        }
        SegmentInfo segment = SegmentInfo.of(documentCount, infos, claim);
        for (FrameWriter file : files.values()) {
            if (syncs) {
                file.seal(segment.id());
            } else {
                file.sealUnsynced(segment.id());
            }
        }
        return segment;
    }

    /** Closes what was opened; files that were not sealed go. */
    @Override
    public void close() throws IOException {
        for (FrameWriter file : files.values()) {
            file.close();
        }
    }
}
