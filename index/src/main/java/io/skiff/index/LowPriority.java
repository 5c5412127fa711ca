package io.skiff.index;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;

/** Lets work have what searches leave. */
public final class LowPriority {
    /** For what nobody waits for. */
    public static final int BACKGROUND = 10;

    /**
     * For writes and refreshes: under full load a fourth of a processor, so that a search, which is in a hurry, does not wait
     * for a bulk that is parsed.
     */
    public static final int WRITING = 5;

    /** PRIO_PROCESS, which to Linux is a thread. */
    private static final int THREAD = 0;

    private static final int SELF = 0;

    /**
     * For how long a thread that yields runs on, if it may: Linux, from 6.12, lets a thread that wakes take the place of one
     * whose turns are longer than its own, and otherwise only at a tick of the clock, up to 4 ms later. Without this
     * searches had a p90 of 2.6 instead of 1.5 ms while 5,000 documents a second came, whatever the nice values.
     */
    private static final long TURN_NANOS = 20_000_000;

    /** The number of sched_setattr, by processor. */
    private static final Map<String, Long> SET_ATTRIBUTES = Map.of("amd64", 314L, "aarch64", 274L);

    /** SCHED_FLAG_KEEP_POLICY. */
    private static final long KEEP_POLICY = 0x08;

    /** struct sched_attr of the first version: the rest, about deadlines, is 0. */
    private static final int ATTRIBUTES_BYTES = 48;

    private static final int FLAGS_OFFSET = 8;
    private static final int NICE_OFFSET = 16;
    private static final int RUNTIME_OFFSET = 24;

    private LowPriority() {}

    /**
     * Makes the calling thread yield to others, where the system knows how: on Linux a thread has a nice value of its own,
     * which Java's priorities do not touch, and turns of its own. Threads that it starts have the same. Elsewhere nothing
     * happens.
     *
     * @param nice 1, a little, to 19: it gets a fifth less of a processor that others want too with each step. One that
     *     yields more already stays as it is
     * @return whether it has the nice value
     */
    public static boolean take(int nice) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return false;
        }
        try {
            int now = (int) function("getpriority", JAVA_INT, JAVA_INT).invokeExact(THREAD, SELF);
            int wanted = Math.max(now, nice);
            takeLongTurns(wanted);
            return (int) function("setpriority", JAVA_INT, JAVA_INT, JAVA_INT).invokeExact(THREAD, SELF, wanted) == 0;
        } catch (Throwable e) {
            return false; // slower searches while others write are no reason to fail
        }
    }

    /** If the system refuses, it does without. */
    @SuppressWarnings("restricted")
    private static void takeLongTurns(int nice) throws Throwable {
        Long number = SET_ATTRIBUTES.get(System.getProperty("os.arch"));
        if (number == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, ATTRIBUTES_BYTES);
            attributes.set(JAVA_LONG, FLAGS_OFFSET, KEEP_POLICY);
            attributes.set(JAVA_INT, NICE_OFFSET, nice);
            attributes.set(JAVA_LONG, RUNTIME_OFFSET, TURN_NANOS);
            long ignored = (long) Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
                            Linker.Option.firstVariadicArg(1))
                    .invokeExact((long) number, (long) SELF, attributes, 0L);
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
