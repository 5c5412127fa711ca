package io.skiff.index.blockmax;

/**
 * The postings of a run of blocks, turned from term-major to block-major: a counting sort by block that keeps the terms
 * in record order.
 *
 * <pre>
 *   bit 63                     16 15        8 7         0
 *       +------------------------+-----------+-----------+
 *       | rank in record order   | document  | impact    |    document: in its block
 *       +------------------------+-----------+-----------+
 * </pre>
 */
final class BlockSlab {
    private static final int RANK_SHIFT = 16;
    private static final int DOCUMENT_SHIFT = 8;
    private static final int BYTE_MASK = 0xFF;
    /** Tiers up to this long are read whole rather than searched for the slab's first document. */
    private static final int SEARCHED_TIER = 64;

    private final PostingsSource postings;
    private final int[] terms;
    private final int blockShift;
    private final int slabPostings;
    private final int[] entryCounts;
    /** Where the next entry of each block goes; when a slab is full, where the block ends. */
    private final int[] positions;

    private long[] entries = {};
    private int firstBlock;
    private int endBlock;

    BlockSlab(PostingsSource postings, TermTable table, BlockMaxOptions options, int[] entryCounts) {
        this.postings = postings;
        this.terms = table.termsInRecordOrder();
        this.blockShift = options.blockShift();
        this.slabPostings = options.slabPostings();
        this.entryCounts = entryCounts;
        this.positions = new int[entryCounts.length];
    }

    /** Moves to the next run of blocks; false when there is none. A block that is over the limit is a run of its own. */
    boolean next() {
        firstBlock = endBlock;
        if (firstBlock == entryCounts.length) {
            return false;
        }
        int total = 0;
        do {
            positions[endBlock] = total;
            total += entryCounts[endBlock++];
        } while (endBlock < entryCounts.length && total + (long) entryCounts[endBlock] <= slabPostings);
        if (entries.length < total) {
            entries = new long[total];
        }
        for (int rank = 0; rank < terms.length; rank++) {
            scatter(rank);
        }
        return true;
    }

    int firstBlock() {
        return firstBlock;
    }

    int endBlock() {
        return endBlock;
    }

    long[] entries() {
        return entries;
    }

    int start(int block) {
        return positions[block] - entryCounts[block];
    }

    int end(int block) {
        return positions[block];
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

    private void scatter(int rank) {
        long firstDocument = (long) firstBlock << blockShift;
        long endDocument = (long) endBlock << blockShift;
        int localMask = (1 << blockShift) - 1;
        postings.reset(terms[rank]);
        while (postings.nextTier()) {
            long entry = (long) rank << RANK_SHIFT | postings.impact();
            int count = postings.count();
            for (int i = count <= SEARCHED_TIER ? 0 : firstAtLeast(firstDocument, count); i < count; i++) {
                int docId = postings.docId(i);
                if (docId >= endDocument) {
                    break;
                }
                if (docId >= firstDocument) {
                    entries[positions[docId >>> blockShift]++] = entry | (long) (docId & localMask) << DOCUMENT_SHIFT;
                }
            }
        }
    }

    private int firstAtLeast(long docId, int count) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (postings.docId(middle) < docId) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
