package io.skiff.encoder.onnx;

import java.util.List;

/**
 * What was found in a model's folder, for people.
 *
 * @param inputs name, type and shape of each input that the model is fed, as {@code input_ids int64[?,?]}
 * @param output of the output that is used, before pooling; empty without a model
 * @param pooling where the weights are pooled
 * @param provider what the model runs on
 * @param vocabularySize tokens of the tokenizer
 * @param vocabulary its fingerprint
 * @param settings the settings in force, those of {@code skiff.json} and the defaults
 * @param queryWeightCount tokens with a fixed query weight; 0 where queries go through the model
 */
public record ModelDescription(
        List<String> inputs,
        String output,
        String pooling,
        String provider,
        int vocabularySize,
        String vocabulary,
        ModelSettings settings,
        int queryWeightCount) {
    /** Copies the list. */
    public ModelDescription {
        inputs = List.copyOf(inputs);
    }
}
