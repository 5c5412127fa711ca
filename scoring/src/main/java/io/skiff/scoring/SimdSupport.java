package io.skiff.scoring;

/** Says which kernels this JVM searches with. */
public final class SimdSupport {
    private SimdSupport() {}

    /** What is in use, for people: {@code "Vector API, 512 bits"} or {@code "scalar (why)"}. */
    public static String describe() {
        throw new UnsupportedOperationException("not yet");
    }
}
