package io.skiff.index;

/**
 * What is read and held against its checksum when an index is opened; the frame of every file, and what the manifest
 * says of it, always is. A file that does not match is named in an {@link IndexFormatException}.
 */
public enum Verification {
    /**
     * What one must trust to find one's way: manifest, terms, tables of blocks, live documents, columns; about a hundredth
     * of an index without columns. Damage elsewhere may go unnoticed: a search then gives wrong hits or throws an {@link
     * java.io.UncheckedIOException} that names a file, but never reads or writes outside of what is its own. For files
     * that this process has written or verified before.
     */
    METADATA,
    /** And what finds documents by their external ids. */
    IDENTIFIERS,
    /**
     * All files, so that no answer comes from damaged ones: 4 to 6 GB a second from memory (0.15 s for a million documents
     * of 120 postings), else as fast as the disk is.
     */
    EVERYTHING;

    boolean covers(FileKind kind) {
        return switch (kind) {
            case MANIFEST, TERMS, BLOCKTERMS, BLOCKOFFSETS, LIVEDOCS, COLUMNS -> true;
            case IDENTIFIERS, IDSLOTS -> this != METADATA;
            case POSTINGS, BLOCKBOUNDS, BLOCKRECORDS, SOURCES -> this == EVERYTHING;
        };
    }
}
