package io.skiff.bench.harness;

import io.skiff.index.SparseVector;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.SparseQuery.Clause;
import io.skiff.scoring.TopDocs;
import io.skiff.server.collection.Collection;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.rest.search.RankFusion;
import java.util.List;

/** Searches a collection by a configuration, as the server would: the same index, queries and fusion. */
final class ConfiguredSearch {
    private final Collection collection;
    private final Configuration configuration;
    private final int k;

    /** @param k hits wanted, at most {@link io.skiff.scoring.Searcher#MAX_K} */
    ConfiguredSearch(Collection collection, Configuration configuration, int k) {
        this.collection = collection;
        this.configuration = configuration;
        this.k = k;
    }

    Configuration configuration() {
        return configuration;
    }

    /** The best {@code k} documents of a query, ties in order of insertion. */
    TopDocs search(PreparedQuery query) {
        return switch (configuration) {
            case Configuration.Bm25 bm25 -> search(words(query, 1));
            case Configuration.Sparse sparse -> search(vector(query.vector(), 1));
            case Configuration.Linear linear ->
                search(words(query, linear.bm25Weight()), vector(query.vector(), linear.sparseWeight()));
            case Configuration.ReciprocalRank fused -> fuse(query, fused);
            case Configuration.Pruned pruned ->
                search(vector(
                        pruned.pruning().prune(query.vector(), collection.tokenStatistics(IndexJob.VECTOR_FIELD)), 1));
            case Configuration.Approximate approximate ->
                collection.search(
                        new SparseQuery(List.of(vector(query.vector(), 1))),
                        SearchOptions.top(k).ignoring(approximate.ignoredShare()),
                        false);
        };
    }

    private TopDocs fuse(PreparedQuery query, Configuration.ReciprocalRank fused) {
        RankFusion fusion = new RankFusion(collection::documentId);
        int window = fused.windowSize() == 0 ? k : fused.windowSize();
        fusion.addByRank(search(window, words(query, 1)), 1, fused.rankConstant());
        fusion.addByRank(search(window, vector(query.vector(), 1)), 1, fused.rankConstant());
        return fusion.top(k);
    }

    private TopDocs search(Clause... clauses) {
        return search(k, clauses);
    }

    private TopDocs search(int count, Clause... clauses) {
        return collection.search(new SparseQuery(List.of(clauses)), SearchOptions.top(count), false);
    }

    private static Clause words(PreparedQuery query, float boost) {
        return new Clause(IndexJob.TEXT_FIELD, query.words(), boost);
    }

    private static Clause vector(SparseVector vector, float boost) {
        return new Clause(IndexJob.VECTOR_FIELD, vector, boost);
    }
}
