package io.skiff.encoder.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what models can run on. */
public final class OnnxRuntimeSupport {
    private OnnxRuntimeSupport() {}

    /** The version of ONNX Runtime and the devices that it can use here, for people; why not, if it cannot be loaded. */
    public static String describe() {
        try {
            Optional<String> cudaObstacle = CudaProbe.obstacle();
            String providers = OrtEnvironment.getAvailableProviders().stream()
                    .filter(provider -> provider == OrtProvider.CPU || cudaObstacle.isEmpty())
                    .map(OrtProvider::getName)
                    .collect(Collectors.joining(", "));
            String version = OrtEnvironment.getEnvironment().getVersion();
            return version + ", " + providers
                    + cudaObstacle.map(why -> "; no CUDA: " + why).orElse("");
        } catch (LinkageError e) {
            return "cannot be loaded: " + e.getMessage();
        }
    }
}
