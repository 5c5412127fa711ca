package io.skiff.bench.search;

import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;

/** The ways to search with Skiff that are compared; all exact. */
enum SkiffMode {
    /** What a user gets: the searcher decides. */
    AUTO {
        @Override
        TopDocs search(Searcher searcher, SparseQuery query, int k) {
            return searcher.search(query, k);
        }
    };

    abstract TopDocs search(Searcher searcher, SparseQuery query, int k);
}
