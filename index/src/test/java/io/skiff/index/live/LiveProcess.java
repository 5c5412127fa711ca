package io.skiff.index.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process that writes a live index, refreshes, merges, commits and copies it all the time until it is killed, and says
 * what it does: {@code T thread step} before a write, {@code A thread step} when it is acknowledged, {@code B copy} before
 * a copy, {@code C copy} when it is done, {@code R} when it has begun. What a step does is known from its two numbers.
 */
final class LiveProcess {
    static final int THREADS = 3;
    private static final int IDS_OF_A_THREAD = 60;

    /** Everything as often as can be. */
    static final LiveOptions RESTLESS = LiveOptions.DEFAULT
            .withRefreshInterval(Duration.ofMillis(3))
            .withCommitInterval(Duration.ofMillis(10))
            .withMergeFactor(2);

    private LiveProcess() {}

    /** Arguments: directory, folder of the copies, number of the first copy, first step of each thread. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Path copies = Path.of(arguments[1]);
        try (IndexWriter writer = IndexWriter.isLive(directory)
                ? IndexWriter.open(directory, RESTLESS)
                : IndexWriter.create(directory, RESTLESS)) {
            print("R");
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                int first = Integer.parseInt(arguments[3 + t]);
                threads.add(Thread.ofPlatform().start(() -> writeForever(writer, thread, first)));
            }
            for (int copy = Integer.parseInt(arguments[2]); ; copy++) {
                print("B " + copy);
                writer.snapshotTo(copies.resolve("copy-" + copy));
                print("C " + copy);
                if (copy % 4 == 3) {
                    writer.forceMerge(1);
                }
                if (threads.stream().noneMatch(Thread::isAlive)) {
                    return;
                }
            }
        }
    }

    private static void writeForever(IndexWriter writer, int thread, int first) {
        for (int step = first; ; step++) {
            print("T " + thread + " " + step);
            try {
                writer.write(step(thread, step));
            } catch (IOException e) {
                print("F " + thread + " " + step + " " + e.getMessage());
                return;
            }
            print("A " + thread + " " + step);
        }
    }

    @SuppressWarnings("SystemOut") // the answer to the one who started it
    private static void print(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    /** The writes of a step: one or several ids, which must appear together. */
    static List<LiveWrite> step(int thread, int step) {
        SplittableRandom random = new SplittableRandom(thread * 1_000_003L + step);
        int count = random.nextInt(6) == 0 ? 25 : 1 + random.nextInt(3);
        int first = random.nextInt(IDS_OF_A_THREAD);
        List<LiveWrite> writes = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            String id = "t" + thread + "-" + i % IDS_OF_A_THREAD;
            writes.add(
                    random.nextInt(5) == 0 ? LiveWrite.Delete.of(id) : LiveWrite.Put.of(LiveModel.document(id, step)));
        }
        return writes;
    }
}
