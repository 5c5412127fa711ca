package io.skiff.index.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process that writes until it is killed, and says what it is about to write and what was acknowledged:
 * {@code T|A thread step}. What step n of a thread does is known from the two numbers alone.
 */
final class StoreProcess {
    static final int THREADS = 4;
    private static final int IDS_OF_A_THREAD = 50;

    private StoreProcess() {}

    /** Arguments: directory, limit on the bytes of a file or 0, first step of each thread. */
    @SuppressWarnings("SystemOut") // the answer to the one who started it
    public static void main(String[] arguments) throws Exception {
        try (DocumentStore store = DocumentStore.open(Path.of(arguments[0]), SyncPolicy.REQUEST)) {
            long limit = Long.parseLong(arguments[1]);
            if (limit > 0) {
                limitFiles(limit);
            }
            Thread[] threads = new Thread[THREADS];
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                int first = Integer.parseInt(arguments[2 + t]);
                threads[t] = Thread.ofPlatform().start(() -> {
                    for (int step = first; ; step++) {
                        print("T " + thread + " " + step);
                        try {
                            store.write(step(thread, step));
                        } catch (IOException e) {
                            print("F " + thread + " " + step + " " + e.getMessage());
                            return;
                        }
                        print("A " + thread + " " + step);
                    }
                });
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** Calls {@code setrlimit}: a write that would make a file larger fails from now on. */
    @SuppressWarnings("restricted")
    private static void limitFiles(long bytes) throws Exception {
        int fileSize = 1; // RLIMIT_FSIZE
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocateFrom(ValueLayout.JAVA_LONG, bytes, bytes);
            MethodHandle setrlimit = Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("setrlimit"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            if ((int) setrlimit.invokeExact(fileSize, limit) != 0) {
                throw new IllegalStateException("setrlimit refused");
            }
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    /** The writes of a step: one or several ids, which must appear together. */
    static List<Write> step(int thread, int step) {
        SplittableRandom random = new SplittableRandom(thread * 1_000_003L + step);
        int count = random.nextInt(8) == 0 ? 20 : 1;
        int first = random.nextInt(IDS_OF_A_THREAD);
        return java.util.stream.IntStream.range(first, first + count)
                .mapToObj(i -> write(random, "t" + thread + "-" + i % IDS_OF_A_THREAD, step))
                .toList();
    }

    private static Write write(SplittableRandom random, String id, int step) {
        if (random.nextInt(5) == 0) {
            return Write.Delete.of(id);
        }
        String source = "{\"step\":" + step + ",\"filler\":\"" + "x".repeat(random.nextInt(3000)) + "\"}";
        return Write.Put.of(id, source.getBytes(StandardCharsets.UTF_8));
    }
}
