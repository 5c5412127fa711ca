package io.skiff.scoring;

import com.sun.management.ThreadMXBean;
import io.skiff.index.IndexReader;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.blockmax.DenseBoundsLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Runs kernels and searches to steady state and prints, a line each, {@code ok} or {@code bad} and the bytes. */
final class AllocationProbe {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int KERNEL_CALLS = 20_000;
    private static final int SEARCHES = 4_000;
    private static final int MEASURED_CALLS = 500;

    private static long sink;

    private AllocationProbe() {}

    public static void main(String[] args) throws IOException {
        if (Boolean.getBoolean("pollute")) {
            pollute();
        }
        for (String name : KernelsTest.names()) {
            kernel(name);
        }
        for (BlockMaxKernels kernels : List.of(
                new SwarBlockMaxKernels(),
                SimdBlockMaxKernels.ofWidth(128),
                BlockMaxKernels.forRegisters(SimdKernels.widestBits()))) {
            blockMaxKernels(kernels);
        }
        for (String name : List.of("scalar", "simd")) {
            search(name, Path.of(args[0]).resolve(name));
        }
        for (String name : KernelsTest.names()) {
            blockSearch(name, Path.of(args[0]).resolve("blocks-" + name));
        }
    }

    private static void kernel(String name) {
        Kernels kernels = Kernels.named(name);
        int[] candidates = new int[Scratch.WINDOW];
        int[] scores = Seed.random(7).ints(Scratch.WINDOW - 3, 0, 4).toArray();
        double bytes = bytesPerCall(() -> sink += kernels.scan(scores, 0, scores.length, 2, candidates), KERNEL_CALLS);
        // A boxed vector is 32 bytes at least, and a scan makes hundreds.
        report(bytes < 1, "scan by " + name + ": " + bytes + " bytes a call");
    }

    private static void blockMaxKernels(BlockMaxKernels kernels) {
        int groupCount = 16;
        MemorySegment bounds = Arena.global().allocate(8L * groupCount * 65 + DenseBoundsLayout.TAIL_BYTES);
        for (long at = 0; at < bounds.byteSize(); at++) {
            bounds.set(ValueLayout.JAVA_BYTE, at, (byte) (at % 7));
        }
        MemorySegment sums = Arena.global().allocate((long) groupCount * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES);
        short[] largest = new short[groupCount];
        int[] blocks = new int[groupCount * DenseBoundsLayout.GROUP_BLOCKS];
        DensePass pass = new DensePass();
        double bytes = bytesPerCall(
                () -> {
                    sums.fill((byte) 0);
                    pass.reserve(9);
                    for (int term = 0; term < 9; term++) {
                        pass.expanded[term] = term < 4 ? null : bounds;
                        pass.add(term, 8L * groupCount, 60, 5);
                        if (term % 4 == 3) {
                            pass.endGroup(4);
                        }
                    }
                    pass.endGroup(1);
                    kernels.addDense(bounds, pass, sums, 0, groupCount);
                    kernels.largestOfGroups(sums, 0, groupCount, largest);
                    sink += kernels.collect(sums, largest, groupCount, 9, 99, blocks);
                },
                KERNEL_CALLS);
        // A boxed vector is 32 bytes at least, and these make hundreds.
        report(bytes < 1, "block bounds by " + kernels.getClass().getSimpleName() + ": " + bytes + " bytes a call");
    }

    private static void search(String name, Path directory) throws IOException {
        double small = searchBytes(name, directory.resolveSibling(name + "-small"), 2_000);
        double large = searchBytes(name, directory.resolveSibling(name + "-large"), 10_000);
        // Plan and result vary by some bytes with what is compiled; anything by document would be 8,000 bytes at least.
        report(
                large - small < 1_000,
                "search by " + name + ": " + small + " bytes over 2,000 documents, " + large + " over 10,000");
    }

    private static double searchBytes(String name, Path directory, int documentCount) throws IOException {
        Random random = Seed.random(8);
        Corpus corpus = new Corpus();
        for (int i = 0; i < documentCount; i++) {
            corpus.add("whole", SparseVector.of(Map.of("t" + random.nextInt(4), 1 + random.nextInt(255))));
        }
        try (IndexReader reader = corpus.index(directory)) {
            Searcher searcher = new Searcher(reader, Kernels.named(name));
            SparseQuery query = SparseQuery.of("whole", SparseVector.of(Map.of("t0", .3, "t1", .5, "t2", .7)));
            return bytesPerCall(() -> sink += searcher.search(query, 10).totalHits(), SEARCHES);
        }
    }

    /** Frequent terms, which have slots, and rare ones; a search of some 30 kB would box a vector or two a block. */
    private static void blockSearch(String name, Path directory) throws IOException {
        Random random = Seed.random(10);
        Corpus corpus = new Corpus();
        for (int i = 0; i < 6_000; i++) {
            Map<String, Integer> weights = new HashMap<>();
            for (int token = 0; token < 12; token++) {
                weights.put("t" + (int) (400 * Math.pow(random.nextDouble(), 4)), 1 + random.nextInt(255));
            }
            corpus.add("whole", SparseVector.of(weights));
        }
        Map<String, Double> weights = new HashMap<>();
        for (int token = 0; token < 400; token += token < 10 ? 1 : 37) {
            weights.put("t" + token, .1 + random.nextDouble());
        }
        try (IndexReader reader = corpus.index(directory, new BlockMaxOptions(0, 3))) {
            Searcher searcher = new Searcher(reader, Kernels.named(name), SearchStrategy.BLOCK_MAX);
            SparseQuery query = SparseQuery.of("whole", SparseVector.of(weights));
            double bytes = bytesPerCall(() -> sink += searcher.search(query, 10).totalHits(), SEARCHES);
            report(bytes < 8_000, "search by blocks by " + name + ": " + bytes + " bytes");
        }
    }

    /** Uses the classes of the Vector API with every shape, as other code in a process may. */
    private static void pollute() {
        List<VectorSpecies<Integer>> shapes =
                List.of(IntVector.SPECIES_64, IntVector.SPECIES_128, IntVector.SPECIES_256, IntVector.SPECIES_512);
        int[] values = Seed.random(9).ints(256, 0, 9).toArray();
        for (int i = 0; i < KERNEL_CALLS; i++) {
            for (VectorSpecies<Integer> shape : shapes) {
                IntVector sum = IntVector.zero(shape);
                for (int at = 0; at < values.length; at += shape.length()) {
                    IntVector lanes = IntVector.fromArray(shape, values, at);
                    VectorMask<Integer> mask = lanes.compare(VectorOperators.GT, 3);
                    sink += mask.trueCount() + mask.toLong();
                    sum = sum.add(lanes);
                }
                sink += sum.lane(0);
            }
        }
        polluteSmallLanes();
    }

    private static void polluteSmallLanes() {
        List<VectorSpecies<Short>> shapes = List.of(
                ShortVector.SPECIES_64, ShortVector.SPECIES_128, ShortVector.SPECIES_256, ShortVector.SPECIES_512);
        short[] values = new short[256];
        for (int i = 0; i < KERNEL_CALLS; i++) {
            for (VectorSpecies<Short> shape : shapes) {
                ShortVector sum = ShortVector.zero(shape);
                for (int at = 0; at < values.length; at += shape.length()) {
                    ShortVector lanes = ShortVector.fromArray(shape, values, at);
                    sum = sum.add(lanes.mul((short) 3).lanewise(VectorOperators.LSHR, 2))
                            .max(lanes);
                    sink += lanes.compare(VectorOperators.GE, (short) 3).toLong();
                    sink += lanes.reinterpretAsBytes().lane(0);
                }
                sink += sum.reduceLanes(VectorOperators.MAX);
            }
        }
    }

    private static double bytesPerCall(Runnable call, int warmUpCalls) {
        run(call, warmUpCalls);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(call, MEASURED_CALLS);
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / MEASURED_CALLS;
    }

    private static void run(Runnable call, int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }

    private static void report(boolean ok, String finding) {
        System.out.println((ok ? "ok " : "bad ") + finding);
    }
}
