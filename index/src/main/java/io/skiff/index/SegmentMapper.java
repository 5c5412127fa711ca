package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * Maps the files of a segment and verifies them.
 *
 * @param directory the index
 * @param segment the segment
 * @param verification what to hold against its checksum
 * @param arena how long the files stay mapped
 */
record SegmentMapper(Path directory, SegmentInfo segment, Verification verification, Arena arena) {
    /** The file of a kind, which the segment must have. */
    MappedFile map(FileKind kind) throws IOException {
        FileInfo recorded = segment.file(kind);
        if (recorded == null) {
            throw new IndexFormatException(directory.resolve(FileKind.MANIFEST_NAME) + " has no " + kind.lowerCaseName()
                    + " file for segment " + Long.toHexString(segment.id()));
        }
        MappedFile file = MappedFile.open(directory.resolve(kind.fileName(segment.id())), kind, segment.id(), arena);
        file.verify(recorded);
        if (verification.covers(kind)) {
            file.verifyPayload(bytes -> {});
        }
        return file;
    }
}
