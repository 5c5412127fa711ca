package io.skiff.index;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * A segment as the manifest knows it.
 *
 * @param id names its files
 * @param documentCount documents in it
 * @param files its files, at most one of each kind, all but those of live documents
 * @param liveDocs which documents are not deleted
 */
record SegmentInfo(long id, int documentCount, List<FileInfo> files, LiveDocsInfo liveDocs) {
    /** Copies the list. */
    SegmentInfo {
        files = List.copyOf(files);
    }

    /** A segment of which nothing is deleted. */
    SegmentInfo(long id, int documentCount, List<FileInfo> files) {
        this(id, documentCount, files, LiveDocsInfo.NONE);
    }

    SegmentInfo withLiveDocs(LiveDocsInfo newLiveDocs) {
        return new SegmentInfo(id, documentCount, files, newLiveDocs);
    }

    /** Documents that are not deleted. */
    int liveCount() {
        return liveDocs.isNone() ? documentCount : liveDocs.liveCount();
    }

    /** The names of its files. */
    List<String> fileNames() {
        List<String> names = new ArrayList<>();
        files.forEach(file -> names.add(file.kind().fileName(id)));
        if (!liveDocs.isNone()) {
            names.add(liveDocs.fileName(id));
        }
        return names;
    }

    /**
     * The segment of these files; its id is derived from their contents, so that equal segments have equal names.
     *
     * @param claim takes an id, unless another segment of the index has it, which may be equal to this one
     */
    static SegmentInfo of(int documentCount, List<FileInfo> files, LongPredicate claim) {
        long id = idOf(files);
        while (id == FrameLayout.NO_SEGMENT || !claim.test(id)) {
            id++;
        }
        return new SegmentInfo(id, documentCount, files);
    }

    private static long idOf(List<FileInfo> files) {
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
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The file of a kind, or null. */
    FileInfo file(FileKind kind) {
        return files.stream().filter(file -> file.kind() == kind).findFirst().orElse(null);
    }
}
