package io.skiff.scoring;

/** How a search goes about a segment; the hits are the same whichever is chosen. */
public enum SearchStrategy {
    /** Whatever looks cheaper for the query, and another way if it turns out not to be. */
    AUTO,
    /** Score every posting of the query's terms. */
    EXHAUSTIVE,
    /** Score only blocks whose bound promises a hit, where the segment has block-max structures. */
    BLOCK_MAX
}
