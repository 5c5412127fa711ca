package io.skiff.scoring;

import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * The one place that decides which kernels run: the widest registers that the machine has, unless the property
 * {@value #PROPERTY} forces {@code scalar}, {@code simd} or a width.
 *
 * @param kernels what was chosen
 * @param description for people: {@code "Vector API, 512 bits"} or {@code "scalar (why)"}
 */
record KernelChoice(Kernels kernels, String description) {
    /** Name of the system property. */
    static final String PROPERTY = "skiff.kernels";

    /** Name of the system property that, set to {@code false}, saves the memory that unpacked bounds take. */
    static final String UNPACKED_PROPERTY = "skiff.unpackedBounds";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final Map<String, Integer> FORCED_BITS = Map.of("simd128", 128, "simd256", 256, "simd512", 512);

    private static KernelChoice active;

    /** The choice of this JVM, made on first use. */
    static synchronized KernelChoice active() {
        if (active == null) {
            mayUnpack(); // A value that means nothing is refused here, where it can be told.
            active = of(System.getProperty(PROPERTY, "auto"));
            // A fall-back that nobody asked for must not go unnoticed: it costs several times the speed.
            boolean fallback = active.description.startsWith("scalar (no ");
            System.getLogger(KernelChoice.class.getPackageName())
                    .log(fallback ? Level.WARNING : Level.DEBUG, "kernels: {0}", active.description);
        }
        return active;
    }

    /** The choice for a value of the property. */
    static KernelChoice of(String value) {
        return switch (value) {
            case "auto" -> auto();
            case "scalar" -> new KernelChoice(new ScalarKernels(), "scalar (" + PROPERTY + "=scalar)");
            case "simd" -> forced(value, Math.max(128, vectorModuleIsThere() ? SimdKernels.widestBits() : 0));
            case "simd128", "simd256", "simd512" -> forced(value, FORCED_BITS.get(value));
            default ->
                throw new IllegalArgumentException("unknown value of " + PROPERTY + ": '" + value
                        + "'; expected auto, scalar, simd, simd128, simd256 or simd512");
        };
    }

    /** Whether kernels may have bounds unpacked in memory. */
    static boolean mayUnpack() {
        return mayUnpack(System.getProperty(UNPACKED_PROPERTY, "true"));
    }

    /** The same for a value of the property. */
    static boolean mayUnpack(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "unknown value of " + UNPACKED_PROPERTY + ": '" + value + "'; expected true or false");
        };
    }

    private static KernelChoice auto() {
        String obstacle = obstacle(128);
        return obstacle.isEmpty()
                ? simd(SimdKernels.widestBits())
                : new KernelChoice(new ScalarKernels(), "scalar (" + obstacle + ")");
    }

    private static KernelChoice forced(String value, int bits) {
        String obstacle = obstacle(bits);
        if (!obstacle.isEmpty()) {
            throw new IllegalStateException(PROPERTY + "=" + value + " cannot be had here: " + obstacle);
        }
        return simd(bits);
    }

    private static KernelChoice simd(int bits) {
        return new KernelChoice(SimdKernels.ofWidth(bits), "Vector API, " + bits + " bits");
    }

    /** Why registers of {@code bits} cannot be used, or the empty string. */
    private static String obstacle(int bits) {
        if (!vectorModuleIsThere()) {
            return "no module " + VECTOR_MODULE + "; start the JVM with --add-modules=" + VECTOR_MODULE;
        }
        int widest = SimdKernels.widestBits();
        // The Vector API would emulate wider registers than there are, correctly and many times slower.
        return widest >= bits ? "" : "no registers of " + bits + " bits; the JVM reports " + widest;
    }

    private static boolean vectorModuleIsThere() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }
}
