package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves files mapped. */
public final class MappedMemoryExtension implements BeforeEachCallback, AfterEachCallback {
    private long mappedBefore;

    @Override
    public void beforeEach(ExtensionContext context) {
        mappedBefore = mappedFileCount();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertEquals(mappedBefore, mappedFileCount(), "files that are still mapped after the test");
    }

    static long mappedFileCount() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("mapped"))
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }
}
