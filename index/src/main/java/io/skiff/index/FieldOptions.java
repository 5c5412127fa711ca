package io.skiff.index;

import java.util.Map;
import java.util.Optional;

/**
 * How a field is indexed.
 *
 * @param quantizer the field's scale; when absent it is calibrated over the documents of the build: the identity if
 *     every weight is a whole number in 1..255, else the scale that maps the largest weight to 255
 * @param attributes what the index is to remember of the field, such as the encoder that made it and its parameters
 */
public record FieldOptions(Optional<Quantizer> quantizer, Map<String, String> attributes) {
    /** Calibrated, without attributes. */
    public static final FieldOptions DEFAULT = new FieldOptions(Optional.empty(), Map.of());

    /** Copies the map. */
    public FieldOptions {
        attributes = Map.copyOf(attributes);
    }
}
