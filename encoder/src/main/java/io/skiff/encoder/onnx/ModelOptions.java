package io.skiff.encoder.onnx;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the models that fields remember are opened.
 *
 * @param folder the model to use instead of a remembered one; it must have the same vocabulary
 * @param execution where it is to run
 * @param queries how queries share its runs
 */
public record ModelOptions(Optional<Path> folder, ExecutionOptions execution, QueryOptions queries) {
    /** The remembered model on the best device. */
    public static final ModelOptions DEFAULT =
            new ModelOptions(Optional.empty(), ExecutionOptions.DEFAULT, QueryOptions.DEFAULT);
}
