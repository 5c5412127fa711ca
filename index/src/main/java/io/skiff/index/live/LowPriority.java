package io.skiff.index.live;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** Lets background work have what searches leave. */
final class LowPriority {
    private static final int NICE = 10;

    private LowPriority() {}

    /**
     * Makes the calling thread yield to others, where the system knows how: on Linux a thread has a nice value of its own,
     * which Java's priorities do not touch. Elsewhere nothing happens.
     *
     * @return whether it was done
     */
    @SuppressWarnings("restricted")
    static boolean take() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return false;
        }
        try {
            int process = 0; // PRIO_PROCESS, which is the thread
            int self = 0;
            MethodHandle setPriority = Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));
            return (int) setPriority.invokeExact(process, self, NICE) == 0;
        } catch (Throwable e) {
            return false; // slower searches while segments are merged are no reason to fail
        }
    }
}
