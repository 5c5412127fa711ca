package io.skiff.server.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Asks the system about standard error; {@link java.io.Console} knows only about input and output. */
final class StandardError {
    private static final int DESCRIPTOR = 2;

    private StandardError() {}

    /** Whether a person watches: false when it cannot be told. */
    @SuppressWarnings("restricted") // isatty takes and returns an int: nothing that could be misused.
    static boolean isTerminal() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> isatty = linker.defaultLookup().find("isatty");
        if (isatty.isEmpty()) {
            return false;
        }
        FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            return (int) linker.downcallHandle(isatty.get(), type).invokeExact(DESCRIPTOR) != 0;
        } catch (Throwable e) {
            throw new IllegalStateException("isatty(2) failed", e);
        }
    }
}
