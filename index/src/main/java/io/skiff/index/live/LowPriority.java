package io.skiff.index.live;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** Lets work have what searches leave. */
public final class LowPriority {
    /** For what nobody waits for. */
    static final int BACKGROUND = 10;

    /** PRIO_PROCESS, which to Linux is a thread. */
    private static final int THREAD = 0;

    private static final int SELF = 0;

    private LowPriority() {}

    /**
     * Makes the calling thread yield to others, where the system knows how: on Linux a thread has a nice value of its own,
     * which Java's priorities do not touch. Elsewhere nothing happens.
     *
     * @param nice 1, a little, to 19: it gets a fifth less of a processor that others want too with each step. One that
     *     yields more already stays as it is
     * @return whether it was done
     */
    public static boolean take(int nice) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return false;
        }
        try {
            int now = (int) function("getpriority", JAVA_INT, JAVA_INT).invokeExact(THREAD, SELF);
            int wanted = Math.max(now, nice);
            return (int) function("setpriority", JAVA_INT, JAVA_INT, JAVA_INT).invokeExact(THREAD, SELF, wanted) == 0;
        } catch (Throwable e) {
            return false; // slower searches while others write are no reason to fail
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, MemoryLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow(name),
                        FunctionDescriptor.of(JAVA_INT, parameters));
    }
}
