package io.skiff.server.cli;

import io.skiff.index.IndexReader;
import io.skiff.index.SparseVector;
import io.skiff.scoring.Explanation;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import io.skiff.server.collection.Collection;
import io.skiff.server.ingest.BadInputException;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.QueryRecord;
import io.skiff.server.rest.explain.QueryTokens;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.plan.PlanObserver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Searches a collection with queries as files give them. Safe for use by several threads. */
final class QuerySearch {
    private final Collection collection;
    private final Optional<String> field;
    private final SearchOptions options;
    private final PruningArguments pruning;

    /**
     * A search with these options.
     *
     * @param field the field to search, one that the collection has; when empty, the field made from text for a query
     *     in words, and for a vector the only field or the one of the input's vectors
     * @param pruning what is left out of the queries
     */
    QuerySearch(Collection collection, Optional<String> field, SearchOptions options, PruningArguments pruning) {
        this.collection = collection;
        this.field = field;
        this.options = options;
        this.pruning = pruning;
    }

    Collection collection() {
        return collection;
    }

    private IndexReader reader() {
        return collection.reader();
    }

    /** The best documents. */
    TopDocs search(QueryRecord query) throws IOException {
        return search(query, sparseQuery(query));
    }

    private TopDocs search(QueryRecord query, SparseQuery sparseQuery) throws IOException {
        try {
            return collection.search(sparseQuery, options, false);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(query.location(), "query '" + query.id() + "': " + e.getMessage());
        }
    }

    /** Why the hits of a query score as they do. */
    List<Explanation> explain(QueryRecord query, List<Hit> hits) throws IOException {
        return collection.searcher().explain(sparseQuery(query), hits);
    }

    /** Those tokens of a query that search for nothing: no document has them, or they are pruned. */
    QueryTokens silentTokens(QueryRecord query) throws IOException {
        SearchTrace trace = new SearchTrace(collection, false);
        sparseQuery(query, trace);
        return trace.tokens();
    }

    private SparseQuery sparseQuery(QueryRecord query) throws IOException {
        return sparseQuery(query, PlanObserver.NONE);
    }

    private SparseQuery sparseQuery(QueryRecord query, PlanObserver observer) throws IOException {
        String searched;
        SparseVector vector;
        switch (query) {
            case QueryRecord.Text text -> {
                searched = textField(text);
                vector = collection.encodeQuery(searched, text.text());
                observer.encoded(searched, text.text(), vector, 0);
            }
            case QueryRecord.Vector given -> {
                searched = vectorField(given);
                vector = given.vector();
                observer.given(searched, vector);
            }
        }
        SparseVector kept = pruning.prune(vector, () -> collection.tokenStatistics(searched));
        observer.pruned(searched, vector, kept);
        return SparseQuery.of(searched, kept);
    }

    private String textField(QueryRecord query) throws IOException {
        Optional<String> found = field.isPresent()
                ? field.filter(name -> collection.encoder(name).isPresent())
                : collection.textField();
        return found.orElseThrow(() -> new BadInputException(
                query.location(),
                "the query is text, but "
                        + field.map(name -> "field '" + name + "'").orElse("no field") + " of index "
                        + reader().directory() + (field.isPresent() ? " was not" : " was") + " made from text; give"
                        + " queries as vectors"));
    }

    private String vectorField(QueryRecord query) throws IOException {
        Set<String> names = reader().fields().keySet();
        if (field.isPresent()) {
            return field.get();
        }
        if (names.contains(IndexJob.VECTOR_FIELD) || names.isEmpty()) {
            return IndexJob.VECTOR_FIELD;
        }
        if (names.size() == 1) {
            return names.iterator().next();
        }
        throw new BadInputException(
                query.location(), "the index has the fields " + String.join(", ", names) + "; name one with --field");
    }
}
