package io.skiff.index;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How the numbers of every file are read from mapped memory: little-endian, aligned to their size. */
final class LittleEndian {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}
}
