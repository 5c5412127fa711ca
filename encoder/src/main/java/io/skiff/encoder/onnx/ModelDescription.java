package io.skiff.encoder.onnx;

import java.util.List;
import java.util.Optional;

/**
 * What was found in a model's folder, for people.
 *
 * @param inputs name, type and shape of each input that the model is fed, as {@code input_ids int64[?,?]}
 * @param output what comes out and how; absent where the folder has fixed query weights only
 * @param vocabularySize tokens of the tokenizer
 * @param vocabulary its fingerprint
 * @param settings those of {@code skiff.json} and the defaults
 * @param queryWeightCount tokens with a fixed query weight; 0 where queries go through the model
 */
public record ModelDescription(
        List<String> inputs,
        Optional<Output> output,
        int vocabularySize,
        String vocabulary,
        ModelSettings settings,
        int queryWeightCount) {
    /**
     * What comes out of a model.
     *
     * @param tensor name, type and shape of the output that is used, before pooling
     * @param pooling where it is pooled
     * @param activation what makes a weight of a logit
     * @param provider what the model runs on
     */
    public record Output(String tensor, String pooling, Activation activation, ExecutionOptions.Provider provider) {}

    /** Copies the list. */
    public ModelDescription {
        inputs = List.copyOf(inputs);
    }

    static Output output(PoolingSession session) {
        String pooling = session.graph().pooled()
                ? "by the model itself"
                : switch (session.form()) {
                    case TAIL -> "in the graph, behind the logits";
                    case TILED -> "in the graph, tile by tile";
                };
        return new Output(session.graph().output().toString(), pooling, session.activation(), session.provider());
    }
}
