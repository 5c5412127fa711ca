package io.skiff.index;

/** The limits of an index, checked where data enters and again where it is read. */
public final class Limits {
    /** Longest external id, in bytes of UTF-8 (Elasticsearch's limit). */
    public static final int MAX_ID_BYTES = 512;

    /** Longest token, in bytes of UTF-8. */
    public static final int MAX_TOKEN_BYTES = 1024;

    /** Longest field name, in bytes of UTF-8. */
    public static final int MAX_FIELD_NAME_BYTES = 255;

    /** Most fields of an index (Elasticsearch's limit). */
    public static final int MAX_FIELDS = 1000;

    /** Most columns of an index. */
    public static final int MAX_COLUMNS = 1000;

    /** Most values of a document in one column. */
    public static final int MAX_COLUMN_VALUES = 65_536;

    /** Most tokens in one vector of a document. */
    public static final int MAX_VECTOR_TOKENS = 65_536;

    /** Most terms in one segment, over all fields. */
    public static final int MAX_SEGMENT_TERMS = 1 << 28;

    /** Most documents in one segment. */
    public static final int MAX_SEGMENT_DOCUMENTS = 1 << 28;

    /** Largest stored source of one document, in bytes. */
    public static final int MAX_SOURCE_BYTES = 100 << 20;

    /** Largest impact; impacts are unsigned bytes from 1 to this. */
    public static final int MAX_IMPACT = 255;

    private Limits() {}
}
