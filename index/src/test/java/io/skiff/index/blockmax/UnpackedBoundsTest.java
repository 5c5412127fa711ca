package io.skiff.index.blockmax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Unpacked bounds say what the packed ones do. */
final class UnpackedBoundsTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_261_128L);

    @Test
    void bothFormsHaveEveryMaximum() throws IOException {
        TermMaps postings = TermMaps.skewed(new Random(SEED), 30_000, 200);
        BlockMaxReader reader =
                WrittenBlocks.of(postings, BlockMaxOptions.DEFAULT).reader(postings);
        int expandedCount = 0;
        int pairsCount = 0;
        for (int termId = 0; termId < postings.termCount(); termId++) {
            if (reader.boundsKind(termId) == BoundsKind.DENSE) {
                expandedCount += reader.isExpanded(termId) ? 1 : 0;
                pairsCount += reader.isExpanded(termId) ? 0 : 1;
                assertEquals(maxima(reader, termId), unpacked(reader, termId), "term " + termId + ", seed " + SEED);
            }
        }
        assertTrue(expandedCount > 10 && pairsCount > 10, expandedCount + " expanded, " + pairsCount + " not");
    }

    @Test
    void gapsLongerThanAByteAreBridged() throws IOException {
        // In one of 24 blocks, but all of them together at the end.
        Map<Integer, Integer> term = new HashMap<>();
        for (int docId = 23_000; docId < 24_000; docId++) {
            term.put(docId, 1 + docId % 255);
        }
        TermMaps postings = new TermMaps(24_000, List.of(term));
        BlockMaxReader reader =
                WrittenBlocks.of(postings, BlockMaxOptions.DEFAULT).reader(postings);
        assertEquals(BoundsKind.DENSE, reader.boundsKind(0));
        assertFalse(reader.isExpanded(0));
        assertEquals(maxima(reader, 0), unpacked(reader, 0));
    }

    @Test
    void theyAreMadeOnceHoweverManyThreadsAsk() throws Exception {
        TermMaps postings = TermMaps.skewed(new Random(SEED), 3_000, 100);
        CountingArena memory = new CountingArena();
        BlockMaxReader reader =
                WrittenBlocks.of(postings, BlockMaxOptions.DEFAULT).reader(postings, memory);
        List<Integer> dense = IntStream.range(0, postings.termCount())
                .filter(termId -> reader.boundsKind(termId) == BoundsKind.DENSE)
                .boxed()
                .toList();
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<List<MemorySegment>> ask = () -> {
            start.await();
            return dense.stream().map(reader::unpackedBounds).toList();
        };
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (Future<List<MemorySegment>> asked : executor.invokeAll(Collections.nCopies(threads, ask))) {
                for (int i = 0; i < dense.size(); i++) {
                    assertSame(reader.unpackedBounds(dense.get(i)), asked.get().get(i));
                }
            }
        }
        assertEquals(dense.size(), memory.allocations.get());
    }

    /** Memory that counts how often it is asked for some. */
    private static final class CountingArena implements Arena {
        private final Arena memory = Arena.ofAuto();
        final AtomicInteger allocations = new AtomicInteger();

        @Override
        public MemorySegment allocate(long byteSize, long byteAlignment) {
            allocations.incrementAndGet();
            return memory.allocate(byteSize, byteAlignment);
        }

        @Override
        public MemorySegment.Scope scope() {
            return memory.scope();
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private static Map<Integer, Integer> maxima(BlockMaxReader reader, int termId) {
        Map<Integer, Integer> maxima = new TreeMap<>();
        BoundsCursor cursor = new BoundsCursor();
        cursor.reset(reader, termId);
        while (cursor.next()) {
            maxima.put(cursor.block(), cursor.maximum());
        }
        return maxima;
    }

    private static Map<Integer, Integer> unpacked(BlockMaxReader reader, int termId) {
        MemorySegment bounds = reader.unpackedBounds(termId);
        return reader.isExpanded(termId) ? decodeExpanded(bounds) : decodePairs(bounds);
    }

    private static Map<Integer, Integer> decodeExpanded(MemorySegment expanded) {
        Map<Integer, Integer> maxima = new TreeMap<>();
        for (int i = 0; i < expanded.byteSize(); i++) {
            int maximum = expanded.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
            if (maximum > 0) {
                maxima.put(i / 64 * 64 + DenseBoundsLayout.blockOfBit(i % 64), maximum);
            }
        }
        return maxima;
    }

    private static Map<Integer, Integer> decodePairs(MemorySegment pairs) {
        Map<Integer, Integer> maxima = new TreeMap<>();
        for (int at = 0, block = 0; at < pairs.byteSize(); at += GapBoundsLayout.BYTES) {
            block += pairs.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
            int maximum = pairs.get(ValueLayout.JAVA_BYTE, at + 1) & 0xFF;
            if (maximum > 0) {
                maxima.put(block, maximum);
            }
        }
        return maxima;
    }
}
