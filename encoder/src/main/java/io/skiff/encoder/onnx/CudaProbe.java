package io.skiff.encoder.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/**
 * Says whether CUDA is worth asking for, before ONNX Runtime is asked: a request makes its GPU build unpack 582 MB of
 * libraries into the temporary folder even where there is no GPU.
 */
final class CudaProbe {
    private static final String DRIVER = "libcuda.so.1";
    private static final String WINDOWS_DRIVER = "nvcuda.dll";

    private CudaProbe() {}

    /** Why CUDA cannot be had; empty if nothing speaks against it. */
    @SuppressWarnings("restricted") // Loads a library by name and calls nothing in it.
    static Optional<String> obstacle() {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return Optional.of("this build has ONNX Runtime for the CPU only (build with -Pgpu)");
        }
        String driver = System.getProperty("os.name").startsWith("Windows") ? WINDOWS_DRIVER : DRIVER;
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(driver, arena);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("there is no NVIDIA driver (" + driver + ")");
        }
    }
}
