package io.skiff.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * What an index knows of one of its fields.
 *
 * @param name the field's name
 * @param quantizer the field's scale
 * @param attributes as given in {@link FieldOptions#attributes()}
 * @param documentCount documents with at least one posting in the field
 * @param postingCount postings of the field
 * @param saturatedCount weights that lay above the scale and were cut to the largest impact
 */
public record FieldInfo(
        String name,
        Quantizer quantizer,
        Map<String, String> attributes,
        long documentCount,
        long postingCount,
        long saturatedCount) {
    /** The order of fields everywhere: by the bytes of their names. */
    static final Comparator<FieldInfo> BY_NAME =
            Comparator.comparing(field -> field.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** Copies the map. */
    public FieldInfo {
        attributes = Map.copyOf(attributes);
    }

    /** What further segments of the index are built with. */
    FieldOptions options() {
        return new FieldOptions(Optional.of(quantizer), attributes);
    }

    /** This field without documents that are gone; what was cut of their weights stays counted. */
    FieldInfo minus(long documents, long postings) {
        return new FieldInfo(
                name, quantizer, attributes, documentCount - documents, postingCount - postings, saturatedCount);
    }

    /** This field with what it has in a further segment. */
    FieldInfo plus(FieldInfo further) {
        return new FieldInfo(
                name,
                quantizer,
                attributes,
                documentCount + further.documentCount,
                postingCount + further.postingCount,
                saturatedCount + further.saturatedCount);
    }
}
