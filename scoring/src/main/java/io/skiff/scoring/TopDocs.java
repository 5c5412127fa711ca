package io.skiff.scoring;

import java.util.List;

/**
 * The result of a search.
 *
 * @param hits by descending score, ties in order of insertion
 * @param totalHits documents with a score greater than zero
 * @param totalHitsExact whether {@code totalHits} is their exact number rather than a lower bound
 */
public record TopDocs(List<Hit> hits, long totalHits, boolean totalHitsExact) {
    /** Copies the list. */
    public TopDocs {
        hits = List.copyOf(hits);
    }
}
