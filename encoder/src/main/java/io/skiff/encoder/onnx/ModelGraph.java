package io.skiff.encoder.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model takes and gives, found by looking: which of its inputs is which, and which output holds the vocabulary.
 *
 * @param ids the input of token ids
 * @param mask the input that is 1 for real positions
 * @param types the input of segment ids, where there is one; fed zeros
 * @param output logits [batch, positions, vocabulary] or weights [batch, vocabulary]
 * @param pooled whether the output is the latter
 */
record ModelGraph(TensorInfo ids, TensorInfo mask, Optional<TensorInfo> types, TensorInfo output, boolean pooled) {
    /** The one that brought IsNaN and Where. */
    private static final int OLDEST_OPSET = 9;

    private static final int LOGITS_RANK = 3;
    private static final int POOLED_RANK = 2;

    /**
     * Recognizes a model's inputs and outputs.
     *
     * @param vocabularySize tokens of the tokenizer; the output may be wider (padded for speed), never narrower
     * @throws MalformedModelException if one is not there; the message lists what is
     */
    static ModelGraph of(OnnxModel model, int vocabularySize) throws MalformedModelException {
        if (model.opset() < OLDEST_OPSET) {
            throw unfit(
                    model,
                    "its operators are of opset " + model.opset() + ", at least " + OLDEST_OPSET
                            + " is needed; export it anew");
        }
        TensorInfo ids = input(model, "input_ids", "input");
        TensorInfo mask = input(model, "attention_mask", "mask");
        Optional<TensorInfo> types = model.input("token_type_ids").or(() -> model.input("segment_ids"));
        for (TensorInfo input : model.inputs()) {
            if (!input.equals(ids) && !input.equals(mask) && !types.equals(Optional.of(input))) {
                throw unfit(model, "the input " + input + " is none that this version can feed");
            }
        }
        List<TensorInfo> candidates = model.outputs().stream()
                .filter(output -> output.type().isFloatingPoint())
                .filter(output -> output.rank() == LOGITS_RANK || output.rank() == POOLED_RANK)
                .filter(output ->
                        output.lastDimension() == TensorInfo.UNKNOWN || output.lastDimension() >= vocabularySize)
                .toList();
        TensorInfo output = candidates.stream()
                .filter(candidate -> candidate.lastDimension() != TensorInfo.UNKNOWN)
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(candidate -> candidate.name().contains("logits")
                                || model.outputs().size() == 1)
                        .findFirst())
                .orElseThrow(() -> unfit(
                        model,
                        "no output is as wide as the tokenizer's vocabulary of " + vocabularySize
                                + " tokens; export the model with its masked-language-model head"));
        return new ModelGraph(ids, mask, types, output, output.rank() == POOLED_RANK);
    }

    private static TensorInfo input(OnnxModel model, String name, String otherName) throws MalformedModelException {
        TensorInfo input = model.input(name)
                .or(() -> model.input(otherName))
                .orElseThrow(() -> unfit(model, "it has no input " + name));
        if (input.type() != ElementType.INT64 && input.type() != ElementType.INT32) {
            throw unfit(model, "its input " + input + " is not of type int64 or int32");
        }
        return input;
    }

    private static MalformedModelException unfit(OnnxModel model, String why) {
        return new MalformedModelException("not a sparse encoder: " + why + " (inputs: " + list(model.inputs())
                + "; outputs: " + list(model.outputs()) + ")");
    }

    private static String list(List<TensorInfo> tensors) {
        return tensors.stream().map(TensorInfo::toString).collect(Collectors.joining(", "));
    }
}
