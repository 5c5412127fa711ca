package io.skiff.encoder.onnx;

import io.skiff.encoder.Encoders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an index remembers of the model that encoded a field.
 *
 * @param folder where it was
 * @param vocabulary fingerprint of which token has which id
 * @param model fingerprint of the model itself; absent where there was none, only fixed weights
 */
record ModelAttributes(Path folder, String vocabulary, Optional<String> model) {
    private static final String PREFIX = "onnx.";
    static final String FOLDER = PREFIX + "folder";
    static final String VOCABULARY = PREFIX + "vocabulary";
    static final String MODEL = PREFIX + "model";

    /** The attributes of the model in a folder. */
    static Map<String, String> of(ModelFolder folder, Vocabulary vocabulary) throws IOException {
        Map<String, String> attributes = new HashMap<>(Map.of(
                Encoders.ENCODER_ATTRIBUTE,
                OnnxEncoder.NAME,
                FOLDER,
                folder.folder().toAbsolutePath().normalize().toString(),
                VOCABULARY,
                vocabulary.fingerprint()));
        if (folder.model().isPresent()) {
            attributes.put(MODEL, ModelFingerprint.of(folder.model().get(), folder.settings()));
        }
        return Map.copyOf(attributes);
    }

    /**
     * Reads them from a field's.
     *
     * @throws IllegalArgumentException if one is missing or not known to this version
     */
    static ModelAttributes parse(Map<String, String> attributes) {
        for (String key : attributes.keySet()) {
            if (key.startsWith(PREFIX) && !Set.of(FOLDER, VOCABULARY, MODEL).contains(key)) {
                throw new IllegalArgumentException("attribute '" + key + "' is '" + attributes.get(key)
                        + "', which this version does not know; open the index with the version that wrote it");
            }
        }
        return new ModelAttributes(
                Path.of(required(attributes, FOLDER)),
                required(attributes, VOCABULARY),
                Optional.ofNullable(attributes.get(MODEL)));
    }

    /**
     * Why a model must not encode queries for the field; empty if it may.
     *
     * @param opened its attributes
     * @param chosen whether somebody has named it, and not just the index remembers its folder: then any model of the same
     *     vocabulary will do, as those with one model for documents and another for queries need
     */
    Optional<String> mismatch(Map<String, String> opened, boolean chosen) {
        String where = opened.get(FOLDER);
        if (!vocabulary.equals(opened.get(VOCABULARY))) {
            return Optional.of("the field was made with a model of vocabulary " + vocabulary + ", and the one in "
                    + where + " has vocabulary " + opened.get(VOCABULARY) + ": its tokens would mean something else");
        }
        if (!chosen && !model.equals(Optional.ofNullable(opened.get(MODEL)))) {
            return Optional.of("the model in " + where + " is not the one that made the field (" + model.orElse("none")
                    + " then, " + opened.getOrDefault(MODEL, "none")
                    + " now); index anew, or name the model with --encoder to use it all the same");
        }
        return Optional.empty();
    }

    private static String required(Map<String, String> attributes, String key) {
        String value = attributes.get(key);
        if (value == null) {
            throw new IllegalArgumentException("attribute '" + key + "' is missing, there are " + attributes.keySet());
        }
        return value;
    }
}
