package io.skiff.server.rest.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes parts of a search. */
final class RequestBuilder {
    private final SearchRequest base;
    private int size;
    private int totalHitsLimit;
    private List<SortKey> sort;
    private List<Optional<String>> searchAfter;
    private Optional<Float> minScore;
    private OptionalInt terminateAfter;
    private List<Rescore> rescore;
    private SkiffOptions skiff;

    RequestBuilder(SearchRequest base) {
        this.base = base;
        size = base.size();
        totalHitsLimit = base.totalHitsLimit();
        sort = base.sort();
        searchAfter = base.searchAfter();
        minScore = base.minScore();
        terminateAfter = base.terminateAfter();
        rescore = base.rescore();
        skiff = base.skiff();
    }

    RequestBuilder size(int value) {
        size = value;
        return this;
    }

    RequestBuilder totalHitsLimit(int value) {
        totalHitsLimit = value;
        return this;
    }

    RequestBuilder sort(List<SortKey> value) {
        sort = value;
        return this;
    }

    RequestBuilder searchAfter(List<Optional<String>> value) {
        searchAfter = value;
        return this;
    }

    RequestBuilder minScore(float value) {
        minScore = Optional.of(value);
        return this;
    }

    RequestBuilder terminateAfter(int value) {
        terminateAfter = OptionalInt.of(value);
        return this;
    }

    RequestBuilder rescore(List<Rescore> value) {
        rescore = value;
        return this;
    }

    RequestBuilder threads(int value) {
        skiff = new SkiffOptions(false, value, false);
        return this;
    }

    SearchRequest build() {
        return new SearchRequest(
                base.query(),
                base.retriever(),
                base.from(),
                size,
                base.source(),
                totalHitsLimit,
                sort,
                searchAfter,
                base.trackScores(),
                minScore,
                base.timeout(),
                terminateAfter,
                base.highlight(),
                rescore,
                base.explain(),
                base.profile(),
                skiff);
    }
}
