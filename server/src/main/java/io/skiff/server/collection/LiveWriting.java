package io.skiff.server.collection;

import io.skiff.encoder.EncodingException;
import io.skiff.index.InvalidDocumentException;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import io.skiff.index.live.LiveDocument;
import io.skiff.index.live.LiveWrite;
import io.skiff.index.live.PackedDocument;
import io.skiff.index.store.WriteResult;
import io.skiff.server.schema.DocumentParser;
import io.skiff.server.schema.ParsedDocument;
import io.skiff.server.schema.Schema;
import io.skiff.server.schema.SchemaException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a batch to a live index: reads each document under the mapping, which it may add to, makes vectors of its texts,
 * and hands over those that are well. A document that is not is refused alone.
 *
 * <p>A document is packed as soon as it can be, so that a batch is not in memory as objects. Those whose texts a model
 * encodes wait for each other, since it is much faster with many; so do the first texts of a field, which decide about how
 * it is encoded.
 */
final class LiveWriting {
    private final LiveIndex index;
    private final List<DocumentWrite> writes;
    private final DocumentResult[] results;
    private final LiveWrite[] ready;
    private final TextVectors texts;

    private LiveWriting(LiveIndex index, List<DocumentWrite> writes) {
        this.index = index;
        this.writes = writes;
        this.results = new DocumentResult[writes.size()];
        this.ready = new LiveWrite[writes.size()];
        this.texts = new TextVectors(index::encoder);
    }

    /** What became of each write, in their order. */
    static List<DocumentResult> write(LiveIndex index, List<DocumentWrite> writes) {
        return new LiveWriting(index, writes).write();
    }

    private List<DocumentResult> write() {
        SortedMap<Integer, ParsedDocument> waiting = new TreeMap<>();
        for (int i = 0; i < ready.length; i++) {
            switch (writes.get(i)) {
                case DocumentWrite.Put put -> parse(i, put, waiting);
                case DocumentWrite.Delete delete -> ready[i] = new LiveWrite.Delete(delete.id(), delete.condition());
            }
        }
        encode(waiting);
        hand();
        return List.of(results);
    }

    private void parse(int place, DocumentWrite.Put put, Map<Integer, ParsedDocument> waiting) {
        try {
            ParsedDocument parsed = parse(put);
            if (standsAlone(parsed)) {
                encode(Map.of(place, parsed));
            } else {
                waiting.put(place, parsed);
            }
        } catch (SchemaException e) {
            results[place] = new DocumentResult.Refused(e);
        }
    }

    /** New fields are on the disk before the document is. */
    @SuppressWarnings("ReferenceEquality") // the very schema comes back where nothing was added
    private ParsedDocument parse(DocumentWrite.Put put) {
        while (true) {
            Schema schema = index.schema();
            ParsedDocument parsed = DocumentParser.parse(schema, put.id(), put.source());
            if (parsed.schema() == schema || index.replaceSchema(schema, parsed.schema())) {
                return parsed;
            }
            // Somebody else has added fields meanwhile, perhaps the same ones as something else.
        }
    }

    private boolean standsAlone(ParsedDocument document) {
        return document.semanticTexts().isEmpty()
                && document.texts().keySet().stream().allMatch(index::hasEncoder);
    }

    private void encode(Map<Integer, ParsedDocument> documents) {
        List<Map<String, SparseVector>> vectors;
        try {
            vectors = texts.of(List.copyOf(documents.values()));
        } catch (EncodingException | UnknownModelException | IllegalArgumentException e) {
            if (documents.size() == 1) {
                documents.keySet().forEach(place -> results[place] = new DocumentResult.Refused(e));
            } else {
                // One after the other, so that the good ones are not lost.
                documents.forEach((place, document) -> encode(Map.of(place, document)));
            }
            return;
        }
        Iterator<Map<String, SparseVector>> next = vectors.iterator();
        documents.forEach((place, document) -> pack(place, next.next(), document.columns()));
    }

    private void pack(int place, Map<String, SparseVector> vectors, Map<String, List<ColumnValue>> columns) {
        DocumentWrite.Put put = (DocumentWrite.Put) writes.get(place);
        try {
            PackedDocument packed = index.pack(new LiveDocument(put.id(), vectors, columns, put.source()));
            ready[place] = new LiveWrite.PutPacked(packed, put.condition());
        } catch (InvalidDocumentException e) {
            results[place] = new DocumentResult.Refused(e);
        }
    }

    private void hand() {
        List<LiveWrite> well = Arrays.stream(ready).filter(Objects::nonNull).toList();
        if (well.isEmpty()) {
            return;
        }
        Iterator<WriteResult> written = index.use(writer -> writer.write(well)).iterator();
        for (int i = 0; i < results.length; i++) {
            if (ready[i] != null) {
                results[i] = new DocumentResult.Reached(written.next());
            }
        }
    }
}
