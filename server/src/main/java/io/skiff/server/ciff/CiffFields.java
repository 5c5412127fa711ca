package io.skiff.server.ciff;

/**
 * Field numbers of the format's messages, all proto3, where a number of 0 is left out.
 *
 * <pre>
 *   Header        1 version  2 lists  3 document records  4 lists in all  5 documents in all
 *                 6 sum of all tf  7 mean document length (double)  8 description
 *   PostingsList  1 term  2 df  3 cf  4 posting, repeated: 1 docid (the first as it is, then gaps)  2 tf
 *   DocRecord     1 docid  2 collection docid  3 document length
 * </pre>
 */
final class CiffFields {
    static final int VERSION = 1;

    static final int HEADER_VERSION = 1;
    static final int HEADER_LISTS = 2;
    static final int HEADER_DOCUMENTS = 3;
    static final int HEADER_ALL_LISTS = 4;
    static final int HEADER_ALL_DOCUMENTS = 5;
    static final int HEADER_ALL_TERMS = 6;
    static final int HEADER_MEAN_LENGTH = 7;
    static final int HEADER_DESCRIPTION = 8;

    static final int LIST_TERM = 1;
    static final int LIST_DF = 2;
    static final int LIST_CF = 3;
    static final int LIST_POSTING = 4;

    static final int POSTING_DOCID = 1;
    static final int POSTING_TF = 2;

    static final int RECORD_DOCID = 1;
    static final int RECORD_COLLECTION_DOCID = 2;
    static final int RECORD_LENGTH = 3;

    /** Wire types of protobuf, the low three bits of a tag. */
    static final int VARINT = 0;

    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;
    static final int TAG_SHIFT = 3;

    private CiffFields() {}
}
