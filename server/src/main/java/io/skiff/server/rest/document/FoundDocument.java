package io.skiff.server.rest.document;

import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.index.store.Change;
import io.skiff.index.store.Revision;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.SourceFilter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A document got by its id.
 *
 * @param revision which change wrote it; empty in an index that is only read
 * @param hiddenFields that its source is given without unless they are asked for
 */
record FoundDocument(Optional<Revision> revision, byte[] source, List<String> hiddenFields) {
    /**
     * The document of an id as it is now.
     *
     * @throws io.skiff.server.rest.RestException if there is no such index
     */
    static Optional<FoundDocument> find(Collections collections, String index, String id) {
        Optional<LiveIndex> live = collections.live(index);
        if (live.isPresent()) {
            Optional<Change.Stored> stored = live.get().get(id);
            return stored.map(each -> new FoundDocument(
                    Optional.of(each.revision()), each.source(), live.get().hiddenFields()));
        }
        try (Collection collection = Indices.acquire(collections, index)) {
            return find(collection.reader(), id);
        }
    }

    private static Optional<FoundDocument> find(IndexReader reader, String id) {
        for (SegmentReader segment : reader.segments()) {
            int docId = segment.docId(id);
            if (docId >= 0 && segment.isLive(docId)) {
                return Optional.of(new FoundDocument(Optional.empty(), segment.source(docId), List.of()));
            }
        }
        return Optional.empty();
    }

    /** Writes the members of a document that was found, or was not. */
    static void write(JsonGenerator json, String index, String id, Optional<FoundDocument> found, SourceFilter filter) {
        json.writeStringProperty("_index", index);
        json.writeStringProperty("_id", id);
        found.flatMap(FoundDocument::revision).ifPresent(revision -> {
            json.writeNumberProperty("_version", revision.version());
            json.writeNumberProperty("_seq_no", revision.sequenceNumber());
            json.writeNumberProperty("_primary_term", revision.primaryTerm());
        });
        json.writeBooleanProperty("found", found.isPresent());
        if (found.isPresent() && !filter.none() && found.get().source().length > 0) {
            json.writeName("_source");
            found.get().copySource(json, filter);
        }
    }

    void copySource(JsonGenerator json, SourceFilter filter) {
        filter.hiding(hiddenFields).copy(source, json);
    }
}
