package io.skiff.server.ingest;

import io.skiff.index.SparseVector;
import java.util.Optional;

/**
 * A document, or a chunk of one, on its way into an index.
 *
 * @param record as the input gives it; a chunk has an id and a source of its own
 * @param chunk which chunk of the document it is, from 0; 0 for a whole document too
 * @param vector of its text, where there is an encoder
 * @param problem why it cannot be indexed
 */
record EncodedDocument(InputRecord record, int chunk, Optional<SparseVector> vector, Optional<String> problem) {
    static EncodedDocument of(InputRecord record, Optional<SparseVector> vector) {
        return new EncodedDocument(record, 0, vector, Optional.empty());
    }

    static EncodedDocument bad(InputRecord record, String problem) {
        return new EncodedDocument(record, 0, Optional.empty(), Optional.of(problem));
    }

    EncodedDocument asChunk(int number) {
        return new EncodedDocument(record, number, vector, problem);
    }
}
