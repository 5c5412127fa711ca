package io.skiff.server.rest.search;

import io.skiff.index.SegmentReader;
import io.skiff.scoring.Hit;
import io.skiff.scoring.TopDocs;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Shards;
import io.skiff.server.rest.SourceFilter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/** Writes the answer to a search as Elasticsearch does. */
final class SearchResponseWriter {
    private final JsonGenerator json;
    private final Collection collection;
    private final SearchRequest search;
    private final SourceBudget budget;
    private final SourceFilter given;

    SearchResponseWriter(JsonGenerator json, Collection collection, SearchRequest search, SourceBudget budget) {
        this.json = json;
        this.collection = collection;
        this.search = search;
        this.budget = budget;
        this.given = search.source().hiding(collection.hiddenFields());
    }

    void write(TopDocs found, long nanos) {
        write(found, nanos, 0);
    }

    /** The same with a member {@code status}, as one of several answers has it; 0 for none. */
    void write(TopDocs found, long nanos, int status) {
        List<Hit> top = found.hits();
        List<Hit> page =
                top.subList(Math.min(search.from(), top.size()), Math.min(search.from() + search.size(), top.size()));
        json.writeStartObject();
        json.writeNumberProperty("took", TimeUnit.NANOSECONDS.toMillis(nanos));
        json.writeBooleanProperty("timed_out", !found.complete());
        Shards.write(json);
        json.writeObjectPropertyStart("hits");
        writeTotal(found);
        json.writeName("max_score");
        if (page.isEmpty()) {
            json.writeNull();
        } else {
            writeScore(top.getFirst().score());
        }
        json.writeArrayPropertyStart("hits");
        page.forEach(this::writeHit);
        json.writeEndArray();
        json.writeEndObject();
        if (status != 0) {
            json.writeNumberProperty("status", status);
        }
        json.writeEndObject();
    }

    private void writeTotal(TopDocs found) {
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

    private void writeHit(Hit hit) {
        SegmentReader segment = collection.reader().segments().get(hit.segment());
        json.writeStartObject();
        json.writeStringProperty("_index", collection.name());
        json.writeStringProperty("_id", collection.documentId(hit));
        json.writeName("_score");
        writeScore(hit.score());
        if (!given.none()) {
            writeSource(segment.source(hit.docId()));
        }
        if (!search.sort().isEmpty()) {
            json.writeArrayPropertyStart("sort");
            writeScore(hit.score());
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** A whole score is an exact dot product of integers and may pass what a float holds; others are floats. */
    private void writeScore(double score) {
        if (score == Math.rint(score)) {
            json.writeNumber(score);
        } else {
            json.writeNumber((float) score);
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
