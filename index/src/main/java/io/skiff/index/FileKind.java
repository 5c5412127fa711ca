package io.skiff.index;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Every kind of file in an index directory. The codes are part of the format: never changed, never used again. */
enum FileKind {
    /** The segments and fields of the index, one file per index. */
    MANIFEST(1),
    /** Fields, terms, and the table that finds them. */
    TERMS(2),
    /** Impact-ordered postings. */
    POSTINGS(3),
    /** External ids by docId. */
    IDENTIFIERS(4),
    /** Stored sources by docId. */
    SOURCES(5),
    /** Where the block-max structures of each term are. */
    BLOCKTERMS(6),
    /** Bounds on what the documents of a block can score, by term. */
    BLOCKBOUNDS(7),
    /** Where the record of each block is. */
    BLOCKOFFSETS(8),
    /** All postings once more, by block. */
    BLOCKRECORDS(9),

    /** Which documents are not deleted; a segment has one file of it per generation. */
    LIVEDOCS(10),

    /** The table that finds an external id. */
    IDSLOTS(11),

    /** Typed values of documents; a segment of which no document has any has no such file. */
    COLUMNS(12);

    /** The name of the one file that makes a directory an index. */
    static final String MANIFEST_NAME = "manifest.skiff";

    private static final Pattern SEGMENT_FILE = Pattern.compile("[0-9a-f]{16}\\.[a-z]+(-[0-9]+)?\\.skiff");

    private final int code;

    FileKind(int code) {
        this.code = code;
    }

    /** The number that stands for this kind in headers and in the manifest. */
    int code() {
        return code;
    }

    /** Whether searches read it, rather than those who want to know which documents were found. */
    boolean isSearched() {
        return switch (this) {
            case MANIFEST, IDENTIFIERS, SOURCES, LIVEDOCS, IDSLOTS, COLUMNS -> false;
            case TERMS, POSTINGS, BLOCKTERMS, BLOCKBOUNDS, BLOCKOFFSETS, BLOCKRECORDS -> true;
        };
    }

    /** The kind of that code, or null. */
    static FileKind ofCode(int code) {
        for (FileKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }

    /** The name of the file of this kind of a segment. */
    String fileName(long segmentId) {
        return this == MANIFEST
                ? MANIFEST_NAME
                : HexFormat.of().toHexDigits(segmentId) + "." + lowerCaseName() + ".skiff";
    }

    /** The name of the file of this kind of a segment that is the {@code generation}th. */
    String fileName(long segmentId, long generation) {
        return HexFormat.of().toHexDigits(segmentId) + "." + lowerCaseName() + "-" + generation + ".skiff";
    }

    /** Whether a name is one that {@link #fileName} gives to a file of some segment. */
    static boolean isSegmentFileName(String name) {
        return SEGMENT_FILE.matcher(name).matches();
    }

    /** The kind as it stands in file names and messages. */
    String lowerCaseName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
