package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelChoiceTest {
    private static final String SIMD = "Vector API, " + SimdKernels.widestBits() + " bits";

    @Test
    void takesTheWidestRegistersUnlessTold() {
        assertEquals(SIMD, KernelChoice.of("auto").description());
        assertEquals(SIMD, KernelChoice.of("simd").description());
        assertEquals("Vector API, 128 bits", KernelChoice.of("simd128").description());
    }

    @Test
    void canBeForcedToScalar() {
        KernelChoice choice = KernelChoice.of("scalar");
        assertEquals("scalar (skiff.kernels=scalar)", choice.description());
        assertInstanceOf(ScalarKernels.class, choice.kernels());
    }

    @Test
    void refusesUnknownValues() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> KernelChoice.of("avx"));
        assertEquals(
                "unknown value of skiff.kernels: 'avx'; expected auto, scalar, simd, simd128, simd256 or simd512",
                e.getMessage());
    }

    @Test
    void unpackingCanBeTurnedOff() throws Exception {
        assertTrue(KernelChoice.mayUnpack("true"));
        assertFalse(KernelChoice.mayUnpack("false"));
        assertEquals(
                "java.lang.IllegalArgumentException: unknown value of skiff.unpackedBounds: 'no'; expected true or false",
                describeInChild(List.of("-Dskiff.unpackedBounds=no")));
    }

    @Test
    void describesItselfInThisJvm() throws Exception {
        assertEquals(SIMD, describeInChild(List.of("--add-modules=jdk.incubator.vector")));
    }

    @Test
    void isScalarAndSaysWhyWithoutTheModule() throws Exception {
        assertEquals(
                "scalar (no module jdk.incubator.vector; start the JVM with --add-modules=jdk.incubator.vector)",
                describeInChild(List.of()));
    }

    @Test
    void failsWhenForcedInVain() throws Exception {
        String withoutModule = describeInChild(List.of("-Dskiff.kernels=simd"));
        assertTrue(
                withoutModule.startsWith(
                        "java.lang.IllegalStateException: skiff.kernels=simd cannot be had here: no module"),
                withoutModule);
        String tooWide = describeInChild(
                List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=16", "-Dskiff.kernels=simd256"));
        assertEquals(
                "java.lang.IllegalStateException: skiff.kernels=simd256 cannot be had here: "
                        + "no registers of 256 bits; the JVM reports 128",
                tooWide);
    }

    private static String describeInChild(List<String> jvmOptions) throws Exception {
        return ChildJvm.run(jvmOptions, Describe.class).getLast();
    }

    /** Prints the description, or what it throws. */
    static final class Describe {
        private Describe() {}

        public static void main(String[] args) {
            try {
                System.out.println(SimdSupport.describe());
            } catch (IllegalStateException | IllegalArgumentException e) {
                System.out.println(e);
            }
        }
    }
}
