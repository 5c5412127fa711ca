package io.skiff.server.rest.explain;

import io.skiff.encoder.AnalyzedToken;
import io.skiff.encoder.Bm25Encoder;
import io.skiff.index.SparseVector;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.SearchProfile;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.explain.QueryTokens.FieldToken;
import io.skiff.server.rest.plan.PlanObserver;
import io.skiff.server.rest.plan.QueryPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a search notes of itself while it runs: how its hits came about, and what that took. For one request. */
public final class SearchTrace implements PlanObserver {
    /**
     * A query that was carried out.
     *
     * @param profiles what the engine did for it, where it was asked to tell
     * @param nanos time from the plan to the hits
     */
    record Search(ScoreOrigin.Planned origin, List<SearchProfile> profiles, long nanos) {
        Search {
            profiles = List.copyOf(profiles);
        }
    }

    private final Collection collection;
    private final boolean profiled;
    private final boolean tokensNoted;
    private final List<Search> searches = new ArrayList<>();
    private final List<FieldToken> unknown = new ArrayList<>();
    private final List<FieldToken> pruned = new ArrayList<>();
    private final List<SearchProfile> profiles = new ArrayList<>();
    private long encodeNanos;
    private Optional<ScoreOrigin> origin = Optional.empty();

    /**
     * Of a search of a collection.
     *
     * @param profiled whether the engine is asked what it did, for which a search runs on one thread
     */
    public SearchTrace(Collection collection, boolean profiled) {
        this(collection, profiled, true);
    }

    /**
     * The same.
     *
     * @param tokensNoted whether tokens that search for nothing are noted, which costs a look-up for each token of a query
     */
    public SearchTrace(Collection collection, boolean profiled, boolean tokensNoted) {
        this.collection = collection;
        this.profiled = profiled;
        this.tokensNoted = tokensNoted;
    }

    @Override
    public void encoded(String field, String text, SparseVector vector, long nanos) {
        encodeNanos += nanos;
        if (!tokensNoted) {
            return;
        }
        Set<String> left = new LinkedHashSet<>();
        if (collection.encoder(field).orElse(null) instanceof Bm25Encoder words) {
            // Which leaves out of a query what no document has.
            words.tokensInPlace(text).stream().map(AnalyzedToken::token).forEach(left::add);
        }
        for (int i = 0; i < vector.size(); i++) {
            left.remove(vector.token(i));
            if (documentFrequency(field, vector.token(i)) == 0) {
                unknown.add(new FieldToken(field, vector.token(i), vector.weight(i)));
            }
        }
        left.forEach(token -> unknown.add(new FieldToken(field, token, 0)));
    }

    @Override
    public void given(String field, SparseVector vector) {
        if (!tokensNoted) {
            return;
        }
        for (int i = 0; i < vector.size(); i++) {
            if (documentFrequency(field, vector.token(i)) == 0) {
                unknown.add(new FieldToken(field, vector.token(i), vector.weight(i)));
            }
        }
    }

    @Override
    public void pruned(String field, SparseVector whole, SparseVector kept) {
        if (!tokensNoted) {
            return;
        }
        Set<String> left = new LinkedHashSet<>();
        for (int i = 0; i < kept.size(); i++) {
            left.add(kept.token(i));
        }
        for (int i = 0; i < whole.size(); i++) {
            String token = whole.token(i);
            if (!left.contains(token) && documentFrequency(field, token) > 0) {
                pruned.add(new FieldToken(field, token, whole.weight(i)));
            }
        }
    }

    private long documentFrequency(String field, String token) {
        return collection.reader().statistics(field).documentFrequency(token);
    }

    /** Searches as the collection does, and notes what was done for it where that is asked for. */
    public TopDocs search(SparseQuery query, SearchOptions options, boolean everyMatchCounted) {
        if (!profiled || collection.isChunked()) {
            return collection.search(query, options, everyMatchCounted);
        }
        Searcher searcher = everyMatchCounted ? collection.countingSearcher() : collection.searcher();
        SearchProfile profile = searcher.profile(query, options);
        profiles.add(profile);
        return profile.topDocs();
    }

    /** The tokens that were noted since the last plan. */
    public QueryTokens tokens() {
        return new QueryTokens(unknown, pruned);
    }

    /** A plan was carried out; what was noted since the one before belongs to it. */
    public ScoreOrigin.Planned planned(QueryPlan plan, long nanos) {
        ScoreOrigin.Planned planned = new ScoreOrigin.Planned(plan, tokens());
        searches.add(new Search(planned, profiles, nanos));
        unknown.clear();
        pruned.clear();
        profiles.clear();
        return planned;
    }

    /** How the hits that the search gives came about. */
    public void madeBy(ScoreOrigin scores) {
        origin = Optional.of(scores);
    }

    /** How the hits that the search gave came about; nothing before it has run. */
    public Optional<ScoreOrigin> origin() {
        return origin;
    }

    /** Time in which queries were made vectors, in nanoseconds. */
    public long encodeNanos() {
        return encodeNanos;
    }

    List<Search> searches() {
        return searches;
    }
}
