package io.skiff.index;

import java.util.Map;

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
    /** Copies the map. */
    public FieldInfo {
        attributes = Map.copyOf(attributes);
    }
}
