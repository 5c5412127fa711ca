package io.skiff.server.ingest;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.Chunking;
import io.skiff.encoder.onnx.ExecutionOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** How the texts of documents become vectors. */
public sealed interface TextEncoding {
    /** Not at all: the vectors that the input carries are indexed alone. */
    record None() implements TextEncoding {}

    /** By BM25. */
    record Bm25(Bm25Encoder.Parameters parameters) implements TextEncoding {}

    /**
     * By a model.
     *
     * @param folder the model's folder
     * @param execution where it is to run
     * @param chunks how long texts are cut; where absent, what the model cannot read is left out
     */
    record Model(Path folder, ExecutionOptions execution, Optional<Chunks> chunks) implements TextEncoding {}

    /**
     * By BM25, and by a model into a field of its own, so that an index can be searched both ways.
     *
     * @param folder the model's folder
     * @param execution where it is to run; what it cannot read of a text is left out
     */
    record Both(Bm25Encoder.Parameters parameters, Path folder, ExecutionOptions execution) implements TextEncoding {}

    /**
     * How long texts are cut, as far as somebody has said.
     *
     * @param tokens most tokens of a chunk; as many as the model reads where absent
     * @param overlap most tokens shared with the chunk before; an eighth of a chunk where absent
     */
    record Chunks(Chunking.Unit unit, OptionalInt tokens, OptionalInt overlap) {
        private static final int OVERLAP_SHARE = 8;

        /**
         * Fills in what a model says.
         *
         * @param largest most tokens of a chunk that the model reads whole
         * @throws IllegalArgumentException if the chunks are too large for the model or make no progress
         */
        Chunking forModel(int largest) {
            int size = tokens.orElse(largest);
            if (size > largest) {
                throw new IllegalArgumentException("chunks of " + size + " tokens are more than the model reads, "
                        + largest + " (max_length in skiff.json, less the special tokens)");
            }
            return new Chunking(unit, size, overlap.orElse(size / OVERLAP_SHARE));
        }
    }
}
