package io.skiff.server.rest.search;

import io.skiff.index.ReadAhead;
import io.skiff.index.SegmentReader;
import io.skiff.scoring.Hit;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.Shards;
import io.skiff.server.rest.SourceFilter;
import io.skiff.server.rest.explain.ProfileWriter;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.search.Found.FoundHit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/** Writes the answer to a search as Elasticsearch does. */
final class SearchResponseWriter {
    private static final byte[] NO_SOURCE = {};

    private final JsonGenerator json;
    private final Collection collection;
    private final SearchRequest search;
    private final SourceBudget budget;
    private final SourceFilter given;
    private final SearchTrace trace;
    private final Optional<HitDetails> details;

    /**
     * A writer of one answer.
     *
     * @param trace of the search, which has run
     */
    SearchResponseWriter(
            JsonGenerator json,
            Collection collection,
            SearchRequest search,
            SourceBudget budget,
            SearchTrace trace,
            Cancellation cancellation) {
        this.trace = trace;
        this.details = HitDetails.of(collection, search, trace, cancellation);
        this.json = json;
        this.collection = collection;
        this.search = search;
        this.budget = budget;
        this.given = search.source().hiding(collection.hiddenFields());
    }

    void write(Found found, long nanos) {
        write(found, nanos, 0);
    }

    /** The same with a member {@code status}, as one of several answers has it; 0 for none. */
    void write(Found found, long nanos, int status) {
        List<FoundHit> top = found.hits();
        List<FoundHit> page =
                top.subList(Math.min(search.from(), top.size()), Math.min(search.from() + search.size(), top.size()));
        json.writeStartObject();
        json.writeNumberProperty("took", TimeUnit.NANOSECONDS.toMillis(nanos));
        json.writeBooleanProperty("timed_out", !found.complete());
        if (search.terminateAfter().orElse(0) > 0) {
            json.writeBooleanProperty("terminated_early", found.terminatedEarly());
        }
        Shards.write(json);
        json.writeObjectPropertyStart("hits");
        writeTotal(found);
        json.writeName("max_score");
        if (page.isEmpty() || !(isBestFirst(found) || search.trackScores())) {
            json.writeNull();
        } else {
            writeScore(isBestFirst(found) ? top.getFirst().hit().score() : found.maxScore());
        }
        json.writeArrayPropertyStart("hits");
        long fetchStart = System.nanoTime();
        ReadAhead.documents(
                collection.reader(),
                page.stream().mapToInt(hit -> hit.hit().segment()).toArray(),
                page.stream().mapToInt(hit -> hit.hit().docId()).toArray(),
                needsSources());
        page.forEach(hit -> writeHit(found, hit));
        json.writeEndArray();
        json.writeEndObject();
        if (search.profile()) {
            new ProfileWriter(json, collection).write(trace, nanos, System.nanoTime() - fetchStart);
        }
        if (status != 0) {
            json.writeNumberProperty("status", status);
        }
        json.writeEndObject();
    }

    private boolean needsSources() {
        return !given.none() || search.highlight().isPresent();
    }

    private void writeTotal(Found found) {
        int limit = search.totalHitsLimit();
        if (limit == SearchRequest.NO_TOTAL) {
            return;
        }
        boolean exact = found.totalHitsExact() && found.totalHits() <= limit;
        json.writeObjectPropertyStart("total");
        json.writeNumberProperty("value", Math.min(found.totalHits(), limit));
        json.writeStringProperty("relation", exact ? "eq" : "gte");
        json.writeEndObject();
    }

    private static boolean isBestFirst(Found found) {
        return found.sort().isEmpty() || found.sort().getFirst().equals(new SortField.ByScore(true));
    }

    private void writeHit(Found found, FoundHit foundHit) {
        Hit hit = foundHit.hit();
        SegmentReader segment = collection.reader().segments().get(hit.segment());
        json.writeStartObject();
        json.writeStringProperty("_index", collection.name());
        json.writeStringProperty("_id", collection.documentId(hit));
        json.writeName("_score");
        if (found.scored()) {
            writeScore(hit.score());
        } else {
            json.writeNull();
        }
        byte[] source = needsSources() ? segment.source(hit.docId()) : NO_SOURCE;
        if (!given.none()) {
            writeSource(source);
        }
        writeSort(found, foundHit);
        details.ifPresent(present -> present.write(json, hit, source, budget));
        json.writeEndObject();
    }

    private void writeSort(Found found, FoundHit hit) {
        if (search.sort().isEmpty() && found.sort().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("sort");
        if (found.sort().isEmpty()) {
            writeScore(hit.hit().score());
        }
        for (int i = 0; i < found.sort().size(); i++) {
            if (found.sort().get(i) instanceof SortField.ByScore) {
                writeScore(hit.hit().score());
            } else {
                found.sort().get(i).format().write(json, hit.sort().get(i));
            }
        }
        json.writeEndArray();
    }

    /** A whole score in full, others as floats. */
    private void writeScore(double score) {
        double shown = ShownScore.of(score);
        if (shown == Math.rint(shown)) {
            json.writeNumber(shown);
        } else {
            json.writeNumber((float) shown);
        }
    }

    private void writeSource(byte[] source) {
        if (source.length == 0) {
            return;
        }
        budget.take(source.length);
        json.writeName("_source");
        given.copy(source, json);
    }
}
