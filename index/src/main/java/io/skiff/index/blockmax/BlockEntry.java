package io.skiff.index.blockmax;

/**
 * A posting of a block in one number that sorts as records hold postings.
 *
 * <pre>
 *   bit 63                     16 15        8 7         0
 *       +------------------------+-----------+-----------+
 *       | rank in record order   | document  | impact    |    document: in its block
 *       +------------------------+-----------+-----------+
 * </pre>
 */
final class BlockEntry {
    static final int RANK_SHIFT = 16;
    private static final int DOCUMENT_SHIFT = 8;
    private static final int BYTE_MASK = 0xFF;

    private BlockEntry() {}

    static long of(int rank, int localDocument, int impact) {
        return (long) rank << RANK_SHIFT | (long) localDocument << DOCUMENT_SHIFT | impact;
    }

    static int rank(long entry) {
        return (int) (entry >>> RANK_SHIFT);
    }

    static int localDocument(long entry) {
        return (int) (entry >>> DOCUMENT_SHIFT) & BYTE_MASK;
    }

    static int impact(long entry) {
        return (int) entry & BYTE_MASK;
    }
}
