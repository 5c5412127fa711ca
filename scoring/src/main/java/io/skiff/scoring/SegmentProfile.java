package io.skiff.scoring;

/**
 * What a search did in one segment.
 *
 * @param segment position in {@code IndexReader.segments()}
 * @param way how it was searched
 * @param termCount terms of the query that the segment has
 * @param essentialCount those among them whose bounds were summed; 0 if no bounds were
 * @param postingCount postings of all of them
 * @param blockCount blocks of the segment, 0 if it has no block-max structures
 * @param scoredBlockCount blocks whose documents were scored one by one
 * @param boundsNanos time to sum bounds
 * @param blocksNanos time to put blocks in order and score them
 * @param exhaustiveNanos time to score every document
 */
public record SegmentProfile(
        int segment,
        Way way,
        int termCount,
        int essentialCount,
        long postingCount,
        int blockCount,
        int scoredBlockCount,
        long boundsNanos,
        long blocksNanos,
        long exhaustiveNanos) {
    /** Ways to search a segment. */
    public enum Way {
        /** The query has no term in it. */
        NONE,
        /** Every posting was read. */
        EXHAUSTIVE,
        /** The most promising blocks were scored. */
        BLOCK_MAX,
        /** Blocks were scored until it was clear that reading every posting would be cheaper. */
        GAVE_UP_BLOCK_MAX
    }
}
