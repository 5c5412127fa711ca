package io.skiff.scoring;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * What a search is to find, and how far it may go for it.
 *
 * @param k hits wanted, 1..{@value Searcher#MAX_K}
 * @param ignoredShare how much of the query's mass the choice of documents may ignore, from 0, exact, up to but not
 *     including 1. A token's mass is its weight times its largest impact in the segment. The lightest tokens that sum
 *     to no more than this share are left out where the search looks for promising blocks of documents; every document
 *     that it then looks at gets its exact score. {@link TopDocs#unseenScoreLimit} says what may have been missed.
 * @param filter the documents that may be hits; all if empty
 * @param timeout when to stop, from the start of the search, with the hits so far; never if empty
 * @param cancelled asked now and then, from any searching thread, whether to stop likewise
 * @param parallelism who helps; the caller's thread alone if empty
 */
public record SearchOptions(
        int k,
        double ignoredShare,
        Optional<DocumentFilter> filter,
        Optional<Duration> timeout,
        Optional<BooleanSupplier> cancelled,
        Optional<Parallelism> parallelism) {
    /**
     * Threads for one search.
     *
     * @param executor runs parts of the search beside the caller's thread; a part may wait for no other
     * @param threads at most so many at once, the caller's included
     */
    public record Parallelism(Executor executor, int threads) {
        /** Refuses fewer than one thread. */
        public Parallelism {
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be 1 or more, got " + threads);
            }
        }
    }

    /** Refuses values outside of their ranges. */
    public SearchOptions {
        if (k < 1 || k > Searcher.MAX_K) {
            throw new IllegalArgumentException("k must be in 1.." + Searcher.MAX_K + ", got " + k);
        }
        if (!(ignoredShare >= 0 && ignoredShare < 1)) {
            throw new IllegalArgumentException(
                    "the ignored share must be 0 or more and less than 1, got " + ignoredShare);
        }
    }

    /** The best {@code k}, exactly, of all documents, on the caller's thread, however long it takes. */
    public static SearchOptions top(int k) {
        return new SearchOptions(k, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same for another number of hits. */
    public SearchOptions withK(int hits) {
        return new SearchOptions(hits, ignoredShare, filter, timeout, cancelled, parallelism);
    }

    /** The same with another ignored share. */
    public SearchOptions ignoring(double share) {
        return new SearchOptions(k, share, filter, timeout, cancelled, parallelism);
    }

    /** The same over the accepted documents only. */
    public SearchOptions filteredBy(DocumentFilter accepted) {
        return new SearchOptions(k, ignoredShare, Optional.of(accepted), timeout, cancelled, parallelism);
    }

    /** The same with a timeout. */
    public SearchOptions within(Duration limit) {
        return new SearchOptions(k, ignoredShare, filter, Optional.of(limit), cancelled, parallelism);
    }

    /** The same, stopping when the signal turns true. */
    public SearchOptions until(BooleanSupplier signal) {
        return new SearchOptions(k, ignoredShare, filter, timeout, Optional.of(signal), parallelism);
    }

    /** The same on several threads. */
    public SearchOptions on(Executor executor, int threads) {
        return new SearchOptions(
                k, ignoredShare, filter, timeout, cancelled, Optional.of(new Parallelism(executor, threads)));
    }
}
