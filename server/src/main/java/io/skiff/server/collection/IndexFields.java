package io.skiff.server.collection;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.Encoders;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldInfo;
import io.skiff.index.IndexReader;
import io.skiff.server.schema.FieldType;
import io.skiff.server.schema.Mapping;
import io.skiff.server.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of an index, and what encodes the texts of those that are made from text.
 *
 * @param schema what each field is
 * @param encoders by the names of fields made from text, for documents and queries
 * @param queryEncoders by the names of fields whose queries another encoder makes
 * @param vectorFields what is left out of a document's source unless it is asked for
 * @param models those that a query can name
 */
record IndexFields(
        Schema schema,
        SortedMap<String, SparseEncoder> encoders,
        Map<String, SparseEncoder> queryEncoders,
        List<String> vectorFields,
        Optional<InferenceModels> models) {

    /**
     * Those of an index that {@code skiff index} has built, as far as it remembers them: texts and vectors.
     *
     * @throws IllegalArgumentException if it remembers an encoder that this version does not have
     * @throws IOException if it remembers one that cannot be opened
     */
    static IndexFields ofBuilt(IndexReader reader, EncoderPool pool, Optional<InferenceModels> models)
            throws IOException {
        SortedMap<String, SparseEncoder> encoders = new TreeMap<>();
        SortedMap<String, Mapping> properties = new TreeMap<>();
        for (FieldInfo field : reader.fields().values()) {
            FieldType type = new FieldType.SparseVectorType(Optional.empty());
            if (field.attributes().containsKey(Encoders.ENCODER_ATTRIBUTE)) {
                // Who serves models by name serves what can be had; a command of one index says what cannot.
                SparseEncoder encoder = models.isPresent()
                        ? pool.openOrMissing(field.attributes(), "field [" + field.name() + "]")
                        : pool.open(field.attributes());
                encoders.put(field.name(), encoder);
                type = new FieldType.TextType(
                        encoder instanceof Bm25Encoder ? FieldType.Analyzer.ENGLISH : FieldType.Analyzer.STANDARD);
            }
            properties.put(field.name(), Mapping.Field.of(type));
        }
        return new IndexFields(new Schema(Mapping.ObjectField.of(properties)), encoders, Map.of(), List.of(), models);
    }
}
