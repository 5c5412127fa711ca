package io.skiff.index.blockmax;

/**
 * Byte offsets of a block's record: every posting of its documents, found by term.
 *
 * <pre>
 *   0        +--------------------------------------------------+
 *            | group 0: which of its 64 slots are here     u64  |
 *            | ... one per group                                |
 *   8 g      +--------------------------------------------------+
 *            | group 0: offset of its section        u16 | u32  |
 *            | ... one per group                                |
 *            +--------------------------------------------------+
 *            | bucket 0: offset of its entries       u16 | u32  |
 *            | ... one per bucket, and the record's end         |
 *            +--------------------------------------------------+
 *            | section of group 0:                              |
 *            |   documents with the term, one bit each      u8  |  per slot that is here, ascending
 *            |   impacts                                    u8  |  per slot and document, ascending
 *            | ... one per group                                |
 *            +--------------------------------------------------+
 *            | rare entries of bucket 0:                        |
 *            |   rest of ordinal << 3 | document, low bits  u16 |  per entry
 *            |   the same, high bits, or nothing       u8 | -   |  per entry
 *            |   impacts                                    u8  |  per entry
 *            | ... one bucket after the other                   |
 *            +--------------------------------------------------+
 * </pre>
 *
 * <p>A slot's group is {@code slot / 64}. A rare term is named by its ordinal, not by a hash, so that an entry is never
 * mistaken for another's: its low 4 bits choose the bucket and the rest stands in the entry, 13 bits of it or 21. The
 * low bits of a bucket's keys stand together, so that a register full of them is compared at once. All widths are the
 * same throughout a segment. Records follow each other without padding; the file of offsets has the start
 * of each as i64, and the end of the last. Offsets within a record count from its start.
 *
 * @param groupCount groups of 64 slots
 * @param offsetBytes width of an offset within a record, 2 or 4
 * @param rareEntryBytes width of a rare entry, 3 or 4
 */
public record RecordLayout(int groupCount, int offsetBytes, int rareEntryBytes) {
    /** Slots in a group. */
    public static final int GROUP_SLOTS = Long.SIZE;

    /** Buckets of rare entries. */
    public static final int BUCKET_COUNT = 16;

    /** Position of the rest of an ordinal in an entry's key, above the document. */
    public static final int LOCAL_DOCUMENT_BITS = 3;

    /** Width of a rare entry without high bits of its key. */
    public static final int NARROW_RARE_BYTES = 3;

    private static final int BUCKET_BITS = Integer.numberOfTrailingZeros(BUCKET_COUNT);

    /** Most rare terms with entries of 3 bytes. */
    static final int MAX_NARROW_RARE_TERMS = 1 << (16 - LOCAL_DOCUMENT_BITS + BUCKET_BITS);

    /** Most rare terms at all. */
    static final int MAX_RARE_TERMS = 1 << (24 - LOCAL_DOCUMENT_BITS + BUCKET_BITS);

    /** Most bytes of a record with offsets of 2 bytes. */
    static final int MAX_NARROW_RECORD_BYTES = 0xFFFF;

    static RecordLayout of(int slotCount, int rareCount, int offsetBytes) {
        return new RecordLayout(
                (slotCount + GROUP_SLOTS - 1) / GROUP_SLOTS,
                offsetBytes,
                rareCount <= MAX_NARROW_RARE_TERMS ? NARROW_RARE_BYTES : NARROW_RARE_BYTES + 1);
    }

    /** Bytes of the offset table. */
    static long offsetTableBytes(int blockCount) {
        return (blockCount + 1L) * Long.BYTES;
    }

    /** Where a group's presence word is. */
    public static int presenceOffset(int group) {
        return group * Long.BYTES;
    }

    /** Where the offset of a group's section is. */
    public int sectionOffsetOffset(int group) {
        return groupCount * Long.BYTES + group * offsetBytes;
    }

    /** Where the offset of a bucket's first entry is; for {@value #BUCKET_COUNT}, of the record's end. */
    public int bucketOffsetOffset(int bucket) {
        return groupCount * (Long.BYTES + offsetBytes) + bucket * offsetBytes;
    }

    /** Bytes before the first section. */
    public int headerBytes() {
        return bucketOffsetOffset(BUCKET_COUNT + 1);
    }

    /** The bucket of a rare term. */
    public static int bucket(int rareOrdinal) {
        return rareOrdinal & (BUCKET_COUNT - 1);
    }

    /** Where the high bits of entries' keys are, if entries have them: behind the low bits of all. */
    public static int rareHighOffset(int entryCount) {
        return entryCount * Short.BYTES;
    }

    /** Where the impacts of a bucket's entries are, from where the bucket starts. */
    public int rareImpactsOffset(int entryCount) {
        return entryCount * (rareEntryBytes - Byte.BYTES);
    }

    /** What an entry's key is, less the document in its low {@value #LOCAL_DOCUMENT_BITS} bits. */
    public static int rareKey(int rareOrdinal) {
        return rareOrdinal >>> BUCKET_BITS << LOCAL_DOCUMENT_BITS;
    }

    /** The ordinal of an entry's term. */
    static int rareOrdinal(int key, int bucket) {
        return (key >>> LOCAL_DOCUMENT_BITS << BUCKET_BITS) + bucket;
    }

    /** The document of an entry, counted from the block's first. */
    static int localDocument(int key) {
        return key & ((1 << LOCAL_DOCUMENT_BITS) - 1);
    }
}
