package io.skiff.scoring;

import java.util.List;

/**
 * The result of a search.
 *
 * @param hits by descending score, ties in order of insertion
 * @param totalHits documents with a score greater than zero
 * @param totalHitsExact whether {@code totalHits} is their exact number rather than a lower bound
 * @param complete false if the search was stopped before its end; then documents that belong into the hits may be missing
 * @param unseenScoreLimit no document that is not among the hits scores more than this. After a complete exact search
 *     that is the score of the last hit, or 0 if there are fewer hits than were wanted.
 */
public record TopDocs(
        List<Hit> hits, long totalHits, boolean totalHitsExact, boolean complete, double unseenScoreLimit) {
    /** Copies the list. */
    public TopDocs {
        hits = List.copyOf(hits);
    }

    /** The result of a complete search that has seen every match. */
    public TopDocs(List<Hit> hits, long totalHits, boolean totalHitsExact) {
        this(hits, totalHits, totalHitsExact, true, 0);
    }
}
