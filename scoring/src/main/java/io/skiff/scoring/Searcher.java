package io.skiff.scoring;

import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Searches a snapshot of an index. Safe for use by several threads, each search running on its caller's.
 */
public final class Searcher {
    /** Largest number of hits that can be asked for. */
    public static final int MAX_K = 10_000;

    /** Most tokens in a query, all clauses together. */
    public static final int MAX_QUERY_TOKENS = 8_192;

    private final IndexReader reader;
    private final SearchedSegment[] segments;
    private final long[] firstOrdinals;
    private final SegmentSearch segmentSearch;
    private final ScratchPool scratches;

    /** Searches {@code reader}, which stays its owner's to close, with the fastest kernels that the machine has. */
    public Searcher(IndexReader reader) {
        this(reader, KernelChoice.active().kernels());
    }

    /** Searches always one way; {@link SearchStrategy#EXHAUSTIVE} counts every match. */
    public Searcher(IndexReader reader, SearchStrategy strategy) {
        this(reader, KernelChoice.active().kernels(), strategy);
    }

    /** Searches with given kernels, for benchmarks and tests. */
    public Searcher(IndexReader reader, Kernels kernels) {
        this(reader, kernels, SearchStrategy.AUTO);
    }

    /**
     * Searches with given kernels and in a given way, for benchmarks and tests.
     *
     * @throws IllegalArgumentException if the index has more than 2^32 documents
     */
    public Searcher(IndexReader reader, Kernels kernels, SearchStrategy strategy) {
        this(
                reader,
                new SegmentSearch(new ExhaustiveScorer(kernels), strategy, kernels.registerBits()),
                new ScratchPool(0, kernels.registerBits()));
    }

    private Searcher(IndexReader reader, SegmentSearch segmentSearch, ScratchPool usedBefore) {
        if (reader.documentCount() > TopK.MAX_DOCUMENTS) {
            throw new IllegalArgumentException("an index of " + reader.documentCount()
                    + " documents cannot be searched; the limit is " + TopK.MAX_DOCUMENTS);
        }
        this.reader = reader;
        this.segmentSearch = segmentSearch;
        segments = new SearchedSegment[reader.segments().size()];
        firstOrdinals = new long[segments.length];
        int largest = 0;
        long ordinal = 0;
        for (int i = 0; i < segments.length; i++) {
            firstOrdinals[i] = ordinal;
            segments[i] = SearchedSegment.of(reader.segments().get(i), i, ordinal);
            ordinal += segments[i].documentCount();
            largest = Math.max(largest, segments[i].documentCount());
        }
        scratches = usedBefore.fitting(largest);
    }

    /**
     * A searcher of another snapshot of the same index, which keeps what this one has learned of the costs of searching it
     * and shares its memory. Both may be used at the same time.
     *
     * @throws IllegalArgumentException if the snapshot has more than 2^32 documents
     */
    public Searcher reopened(IndexReader snapshot) {
        return new Searcher(snapshot, segmentSearch, scratches);
    }

    /**
     * The {@code k} documents of highest score, exactly; ties in order of insertion. Only documents with a score
     * greater than zero are hits.
     *
     * @throws IllegalArgumentException if k is not in 1..{@value #MAX_K} or the query has more than
     *     {@value #MAX_QUERY_TOKENS} tokens
     */
    public TopDocs search(SparseQuery query, int k) {
        return search(query, SearchOptions.top(k));
    }

    /**
     * The documents of highest score that the options ask for; ties in order of insertion. Only documents with a score
     * greater than zero are hits.
     *
     * @throws IllegalArgumentException if the query has more than {@value #MAX_QUERY_TOKENS} tokens, or a filter has too
     *     few words
     */
    public TopDocs search(SparseQuery query, SearchOptions options) {
        StopSignal stop = StopSignal.of(options);
        QueryPlan plan = plan(query);
        Scratch scratch = scratches.take();
        if (options.parallelism().isPresent() && options.parallelism().get().threads() > 1) {
            new ParallelSearch(segmentSearch, scratches, plan, options, stop).search(segments, scratch);
        } else {
            scratch.reset(options.k(), null);
            for (int i = 0; i < segments.length && !stop.shouldStop(); i++) {
                segmentSearch.search(segments[i].task(plan, options, stop, scratch), options, scratch);
            }
        }
        TopDocs topDocs = topDocs(scratch, plan, options, stop);
        // Not in a finally block: a search that failed leaves scores behind that must not be used again.
        scratches.giveBack(scratch);
        return topDocs;
    }

    /**
     * Searches, on the caller's thread alone, and tells what was done for it.
     *
     * @throws IllegalArgumentException as {@link #search(SparseQuery, SearchOptions)}
     */
    public SearchProfile profile(SparseQuery query, SearchOptions options) {
        long start = System.nanoTime();
        StopSignal stop = StopSignal.of(options);
        QueryPlan plan = plan(query);
        long planNanos = System.nanoTime() - start;
        Scratch scratch = scratches.take();
        scratch.reset(options.k(), null);
        List<SegmentProfile> profiles = new ArrayList<>();
        for (int i = 0; i < segments.length && !stop.shouldStop(); i++) {
            scratch.resetProfile();
            segmentSearch.search(segments[i].task(plan, options, stop, scratch), options, scratch);
            profiles.add(scratch.profile(segments[i]));
        }
        TopDocs topDocs = topDocs(scratch, plan, options, stop);
        scratches.giveBack(scratch);
        return new SearchProfile(topDocs, planNanos, profiles);
    }

    private TopDocs topDocs(Scratch scratch, QueryPlan plan, SearchOptions options, StopSignal stop) {
        List<Hit> hits = hits(scratch.topK, plan.scale());
        boolean complete = !stop.hasStopped();
        double last = hits.size() == options.k() ? hits.getLast().score() : 0;
        double unseen = complete ? last + scratch.unseenContribution * plan.scale() : plan.largestScore();
        return new TopDocs(hits, scratch.matchCount, complete && scratch.countsEveryMatch, complete, unseen);
    }

    /**
     * Why a document scores as it does, one explanation per hit, in the order of the hits.
     *
     * @throws IllegalArgumentException if a hit is of no document of this index, or the query has more than
     *     {@value #MAX_QUERY_TOKENS} tokens
     */
    public List<Explanation> explain(SparseQuery query, List<Hit> hits) {
        Explainer explainer = new Explainer(query, plan(query));
        return hits.stream()
                .map(hit -> explainer.explain(segmentOf(hit), hit.docId()))
                .toList();
    }

    private QueryPlan plan(SparseQuery query) {
        return QueryPlan.of(requireTokenCount(query), reader.fields());
    }

    static SparseQuery requireTokenCount(SparseQuery query) {
        long tokenCount = query.clauses().stream()
                .mapToLong(clause -> clause.vector().size())
                .sum();
        if (tokenCount > MAX_QUERY_TOKENS) {
            throw new IllegalArgumentException(
                    "a query may have " + MAX_QUERY_TOKENS + " tokens, all clauses together, got " + tokenCount);
        }
        return query;
    }

    private List<Hit> hits(TopK topK, double scale) {
        Hit[] hits = new Hit[topK.sort()];
        for (int rank = 0; rank < hits.length; rank++) {
            long key = topK.get(rank);
            int segment = segmentAt(TopK.ordinal(key));
            int docId = (int) (TopK.ordinal(key) - firstOrdinals[segment]);
            hits[rank] = new Hit(segment, docId, TopK.score(key) * scale);
        }
        return List.of(hits);
    }

    private int segmentAt(long ordinal) {
        int found = Arrays.binarySearch(firstOrdinals, ordinal);
        if (found < 0) {
            return -found - 2;
        }
        // Segments without documents share the ordinal of the next that has some: the last of them is meant.
        while (found + 1 < firstOrdinals.length && firstOrdinals[found + 1] == ordinal) {
            found++;
        }
        return found;
    }

    private SegmentReader segmentOf(Hit hit) {
        if (hit.segment() < 0
                || hit.segment() >= segments.length
                || hit.docId() < 0
                || hit.docId() >= segments[hit.segment()].documentCount()) {
            throw new IllegalArgumentException(hit + " is no document of the index in " + reader.directory());
        }
        return segments[hit.segment()].reader();
    }
}
