package io.skiff.server.collection;

import io.skiff.encoder.EncodingException;
import io.skiff.index.InvalidDocumentException;
import io.skiff.index.SparseVector;
import io.skiff.index.live.LiveDocument;
import io.skiff.index.live.LiveWrite;
import io.skiff.index.store.WriteResult;
import io.skiff.server.schema.DocumentParser;
import io.skiff.server.schema.ParsedDocument;
import io.skiff.server.schema.Schema;
import io.skiff.server.schema.SchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a batch to a live index: reads each document under the mapping, which it may add to, encodes the texts of all
 * together, and hands over those that are well. A document that is not is refused alone.
 */
final class LiveWriting {
    private final LiveIndex index;
    private final DocumentResult[] results;
    private final List<Integer> places = new ArrayList<>();

    private LiveWriting(LiveIndex index, int count) {
        this.index = index;
        this.results = new DocumentResult[count];
    }

    /** What became of each write, in their order. */
    static List<DocumentResult> write(LiveIndex index, List<DocumentWrite> writes) {
        return new LiveWriting(index, writes.size()).write(writes);
    }

    private List<DocumentResult> write(List<DocumentWrite> writes) {
        ParsedDocument[] parsed = new ParsedDocument[writes.size()];
        List<Integer> puts = new ArrayList<>();
        for (int i = 0; i < parsed.length; i++) {
            if (writes.get(i) instanceof DocumentWrite.Put put) {
                try {
                    parsed[i] = parse(put);
                    puts.add(i);
                } catch (SchemaException e) {
                    results[i] = new DocumentResult.Refused(e);
                }
            }
        }
        List<Map<String, SparseVector>> vectors = new ArrayList<>();
        for (int i = 0; i < parsed.length; i++) {
            vectors.add(Map.of());
        }
        encode(puts, parsed, vectors);
        List<LiveWrite> ready = new ArrayList<>();
        for (int i = 0; i < parsed.length; i++) {
            if (results[i] == null) {
                try {
                    ready.add(ready(writes.get(i), parsed[i], vectors.get(i)));
                    places.add(i);
                } catch (InvalidDocumentException e) {
                    results[i] = new DocumentResult.Refused(e);
                }
            }
        }
        hand(ready);
        return List.of(results);
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

    private void encode(List<Integer> puts, ParsedDocument[] parsed, List<Map<String, SparseVector>> vectors) {
        try {
            List<Map<String, SparseVector>> encoded = new TextVectors(index::encoder)
                    .of(puts.stream().map(i -> parsed[i]).toList());
            for (int i = 0; i < puts.size(); i++) {
                vectors.set(puts.get(i), encoded.get(i));
            }
        } catch (EncodingException | UnknownModelException | IllegalArgumentException e) {
            if (puts.size() == 1) {
                results[puts.getFirst()] = new DocumentResult.Refused(e);
            } else {
                // One after the other, so that the good ones are not lost.
                puts.forEach(each -> encode(List.of(each), parsed, vectors));
            }
        }
    }

    private LiveWrite ready(DocumentWrite write, ParsedDocument parsed, Map<String, SparseVector> vectors) {
        return switch (write) {
            case DocumentWrite.Put put -> {
                LiveDocument document = new LiveDocument(put.id(), vectors, parsed.columns(), put.source());
                index.verify(document);
                yield new LiveWrite.Put(document, put.condition());
            }
            case DocumentWrite.Delete delete -> new LiveWrite.Delete(delete.id(), delete.condition());
        };
    }

    private void hand(List<LiveWrite> ready) {
        if (ready.isEmpty()) {
            return;
        }
        List<WriteResult> written = index.use(writer -> writer.write(ready));
        for (int i = 0; i < written.size(); i++) {
            results[places.get(i)] = new DocumentResult.Reached(written.get(i));
        }
    }
}
