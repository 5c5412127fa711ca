package io.skiff.encoder.onnx;

/**
 * Where and how a model runs.
 *
 * @param provider the device
 * @param deviceId which of several, from 0
 * @param threads threads of one run on the CPU; 0 for one a core
 */
public record ExecutionOptions(Provider provider, int deviceId, int threads) {
    /** The best device that is there, on every core. */
    public static final ExecutionOptions DEFAULT = new ExecutionOptions(Provider.AUTO, 0, 0);

    /** Kinds of devices. */
    public enum Provider {
        /** CUDA where a probe finds it, else the CPU. */
        AUTO,
        /** The CPU. */
        CPU,
        /** An NVIDIA GPU; an error if it cannot be had. */
        CUDA,
        /** An NVIDIA GPU through TensorRT; an error if it cannot be had. */
        TENSORRT
    }

    /** How many runs may go on at a time: a run that does not take every core leaves room for others. */
    public int runs() {
        int cores = Runtime.getRuntime().availableProcessors();
        return provider == Provider.CUDA || provider == Provider.TENSORRT || threads == 0
                ? 1
                : Math.max(1, cores / threads);
    }

    /** Refuses negative numbers. */
    public ExecutionOptions {
        if (deviceId < 0 || threads < 0) {
            throw new IllegalArgumentException(
                    "device id and threads must not be negative, got " + deviceId + " and " + threads);
        }
    }
}
