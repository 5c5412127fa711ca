package io.skiff.scoring;

/** Says which kernels this JVM searches with. */
public final class SimdSupport {
    private SimdSupport() {}

    /**
     * What is in use, for people: {@code "Vector API, 512 bits"} or {@code "scalar (why)"}.
     *
     * @throws IllegalArgumentException if the property {@value KernelChoice#PROPERTY} has an unknown value
     * @throws IllegalStateException if it forces kernels that cannot run here
     */
    public static String describe() {
        return KernelChoice.active().description();
    }
}
