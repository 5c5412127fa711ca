package io.skiff.server.collection;

import io.skiff.encoder.Chunking;
import io.skiff.encoder.TokenStatistics;
import io.skiff.index.IndexReader;
import io.skiff.scoring.SearchStrategy;
import io.skiff.scoring.Searcher;
import io.skiff.server.chunk.ChunkedSearch;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An index as it stood at one moment, and what is worked out once for all that search it. */
final class Snapshot {
    private final IndexReader reader;
    private final Searcher searcher;
    private final Searcher countingSearcher;
    private final Optional<ChunkedSearch> chunks;
    private final Map<String, TokenStatistics> tokenStatistics = new ConcurrentHashMap<>();

    Snapshot(IndexReader reader) {
        this(reader, new Searcher(reader), new Searcher(reader, SearchStrategy.EXHAUSTIVE));
    }

    private Snapshot(IndexReader reader, Searcher searcher, Searcher countingSearcher) {
        this.reader = reader;
        this.searcher = searcher;
        this.countingSearcher = countingSearcher;
        boolean chunked =
                reader.fields().values().stream().anyMatch(field -> Chunking.isRemembered(field.attributes()));
        this.chunks = chunked ? Optional.of(new ChunkedSearch(reader)) : Optional.empty();
    }

    /** The same index as it stands later; what the searchers have learned of costs is kept. */
    Snapshot reopened(IndexReader later) {
        return new Snapshot(later, searcher.reopened(later), countingSearcher.reopened(later));
    }

    IndexReader reader() {
        return reader;
    }

    Searcher searcher() {
        return searcher;
    }

    Searcher countingSearcher() {
        return countingSearcher;
    }

    Optional<ChunkedSearch> chunks() {
        return chunks;
    }

    TokenStatistics tokenStatistics(String field) {
        return tokenStatistics.computeIfAbsent(field, each -> FieldTokens.of(reader, each));
    }
}
