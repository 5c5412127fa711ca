package io.skiff.server.rest.search;

import io.skiff.index.columns.ColumnValue;
import io.skiff.scoring.Hit;
import io.skiff.scoring.TopDocs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a search has found.
 *
 * @param hits in the order asked for, those before the search's {@code from} too
 * @param sort the keys that the hits stand in order of; empty if it is the score alone
 * @param totalHits documents that match, deleted ones not counted
 * @param totalHitsExact whether that is their exact number rather than a lower bound
 * @param complete false if the search was stopped before its end
 * @param terminatedEarly whether there was more to look at than {@code terminate_after} allows
 * @param scored whether the hits have scores
 * @param maxScore the largest score of all that match; anything where there are no hits
 */
record Found(
        List<FoundHit> hits,
        List<SortField> sort,
        long totalHits,
        boolean totalHitsExact,
        boolean complete,
        boolean terminatedEarly,
        boolean scored,
        double maxScore) {
    static final Found NOTHING = new Found(List.of(), List.of(), 0, true, true, false, true, 0);

    /**
     * A hit.
     *
     * @param sort the values of the keys, null where a keyword is missing; empty without keys
     */
    record FoundHit(Hit hit, List<ColumnValue> sort) {
        FoundHit {
            sort = sort.isEmpty() ? List.of() : Collections.unmodifiableList(new ArrayList<>(sort)); // may hold nulls
        }

        static FoundHit of(Hit hit) {
            return new FoundHit(hit, List.of());
        }
    }

    Found {
        hits = List.copyOf(hits);
        sort = List.copyOf(sort);
    }

    /** Hits in order of score. */
    static Found of(TopDocs found) {
        return new Found(
                found.hits().stream().map(FoundHit::of).toList(),
                List.of(),
                found.totalHits(),
                found.totalHitsExact(),
                found.complete(),
                false,
                true,
                found.hits().isEmpty() ? 0 : found.hits().getFirst().score());
    }

    /** The same with other hits. */
    Found withHits(List<FoundHit> others) {
        return new Found(others, sort, totalHits, totalHitsExact, complete, terminatedEarly, scored, maxScore);
    }

    /** The same with another total. */
    Found withTotal(long count, boolean exact) {
        return new Found(hits, sort, count, exact, complete, terminatedEarly, scored, maxScore);
    }

    /** As the engine has it: hits in their order, without sort values. */
    TopDocs topDocs() {
        return new TopDocs(hits.stream().map(FoundHit::hit).toList(), totalHits, totalHitsExact, complete, 0);
    }
}
