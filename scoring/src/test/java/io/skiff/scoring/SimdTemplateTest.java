package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

final class SimdTemplateTest {
    @Test
    void thereIsOneClassForEachWidth() {
        // Each search that runs at the same time asks for its own, and a second class would not be compiled yet.
        assertSame(SimdBlockMaxKernels.ofWidth(128), SimdBlockMaxKernels.ofWidth(128));
        assertNotSame(SimdBlockMaxKernels.ofWidth(128), SimdBlockMaxKernels.ofWidth(256));
        assertSame(SimdRecordKernels.ofWidth(256), SimdRecordKernels.ofWidth(256));
    }
}
