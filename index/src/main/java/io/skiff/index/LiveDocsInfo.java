package io.skiff.index;

/**
 * The live documents of a segment as the manifest knows them.
 *
 * @param generation how often documents of the segment were deleted, 0 if none is
 * @param liveCount documents that are not deleted
 * @param fileBytes length of the file, frame included
 * @param checksum CRC32C of its payload
 */
record LiveDocsInfo(long generation, int liveCount, long fileBytes, int checksum) {
    /** Nothing is deleted, and there is no file. */
    static final LiveDocsInfo NONE = new LiveDocsInfo(0, 0, 0, 0);

    boolean isNone() {
        return generation == NONE.generation;
    }

    /** The name of the file of a segment. */
    String fileName(long segmentId) {
        return FileKind.LIVEDOCS.fileName(segmentId, generation);
    }

    FileInfo file() {
        return new FileInfo(FileKind.LIVEDOCS, fileBytes, checksum);
    }
}
