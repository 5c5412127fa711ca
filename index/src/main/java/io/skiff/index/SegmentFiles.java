package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of a segment while they are written, in one folder. */
final class SegmentFiles implements Closeable {
    private final Path folder;
    private final Map<FileKind, FrameWriter> files = new EnumMap<>(FileKind.class);

    SegmentFiles(Path folder) {
        this.folder = folder;
    }

    /** Starts the file of a kind; closed with the others. */
    FrameWriter open(FileKind kind) throws IOException {
        FrameWriter file = new FrameWriter(folder, kind);
        files.put(kind, file);
        return file;
    }

    /** Ends all files and gives them their names. */
    SegmentInfo seal(int documentCount, Set<Long> taken) throws IOException {
        List<FileInfo> infos = new ArrayList<>();
        for (FrameWriter file : files.values()) {
            infos.add(file.finish());
        }
        SegmentInfo segment = SegmentInfo.of(documentCount, infos, taken);
        for (FrameWriter file : files.values()) {
            file.seal(segment.id());
        }
        return segment;
    }

    /** Closes what was opened; files that were not sealed stay without a frame. */
    @Override
    public void close() throws IOException {
        for (FrameWriter file : files.values()) {
            file.close();
        }
    }
}
