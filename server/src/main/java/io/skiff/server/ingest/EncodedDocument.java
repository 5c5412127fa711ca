package io.skiff.server.ingest;

import io.skiff.index.SparseVector;
import java.util.Map;
import java.util.Optional;

/**
 * A document, or a chunk of one, on its way into an index.
 *
 * @param record as the input gives it; a chunk has an id and a source of its own
 * @param chunk which chunk of the document it is, from 0; 0 for a whole document too
 * @param vectors of its text, by the fields that they go to
 * @param problem why it cannot be indexed
 */
record EncodedDocument(InputRecord record, int chunk, Map<String, SparseVector> vectors, Optional<String> problem) {
    EncodedDocument {
        vectors = Map.copyOf(vectors);
    }

    static EncodedDocument of(InputRecord record, Map<String, SparseVector> vectors) {
        return new EncodedDocument(record, 0, vectors, Optional.empty());
    }

    static EncodedDocument bad(InputRecord record, String problem) {
        return new EncodedDocument(record, 0, Map.of(), Optional.of(problem));
    }

    EncodedDocument asChunk(int number) {
        return new EncodedDocument(record, number, vectors, problem);
    }
}
