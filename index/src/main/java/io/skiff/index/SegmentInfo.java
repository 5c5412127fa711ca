package io.skiff.index;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A segment as the manifest knows it.
 *
 * @param id names its files
 * @param documentCount documents in it
 * @param files its files, at most one of each kind
 */
record SegmentInfo(long id, int documentCount, List<FileInfo> files) {
    /** Copies the list. */
    SegmentInfo {
        files = List.copyOf(files);
    }

    /** The segment of these files; its id is derived from their contents, so that equal segments have equal names. */
    static SegmentInfo of(int documentCount, List<FileInfo> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + Integer.BYTES);
            for (FileInfo file : files) {
                bytes.clear()
                        .putInt(file.kind().code())
                        .putLong(file.fileBytes())
                        .putInt(file.checksum());
                digest.update(bytes.flip());
            }
            return new SegmentInfo(ByteBuffer.wrap(digest.digest()).getLong(), documentCount, files);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The file of a kind, or null. */
    FileInfo file(FileKind kind) {
        return files.stream().filter(file -> file.kind() == kind).findFirst().orElse(null);
    }
}
