package io.skiff.encoder.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.EncodingException;
import io.skiff.index.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries that share runs of a model, here one that echoes the first id. */
@Timeout(60)
class QueryBatcherTest {
    private static final QueryOptions OPTIONS = new QueryOptions(4, 0, 0);

    @Test
    void queriesThatComeDuringARunShareTheNext() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Integer> batches = new CopyOnWriteArrayList<>();
        Function<List<long[]>, List<SparseVector>> model = ids -> {
            batches.add(ids.size());
            running.countDown();
            await(mayEnd);
            return echo(ids);
        };
        try (QueryBatcher batcher = new QueryBatcher(OPTIONS, model);
                ExecutorService threads = Executors.newFixedThreadPool(10)) {
            List<Future<SparseVector>> vectors = new ArrayList<>();
            vectors.add(threads.submit(() -> batcher.encode(new long[] {1})));
            await(running);
            for (int i = 2; i <= 10; i++) {
                long id = i;
                vectors.add(threads.submit(() -> batcher.encode(new long[] {id})));
            }
            // Not a wait for time to pass: every further caller is in the queue or on its way, and gets its own vector.
            mayEnd.countDown();
            for (int i = 0; i < vectors.size(); i++) {
                assertEquals(i + 1, vectors.get(i).get().weight(0));
            }
        }
        assertEquals(10, batches.stream().mapToInt(Integer::intValue).sum());
        assertTrue(batches.stream().allMatch(size -> size <= OPTIONS.largestBatch()), batches.toString());
    }

    @Test
    void aWaitFillsTheBatch() throws Exception {
        List<Integer> batches = new CopyOnWriteArrayList<>();
        Function<List<long[]>, List<SparseVector>> model = ids -> {
            batches.add(ids.size());
            return echo(ids);
        };
        // The run starts when it is full, long before the second is over.
        try (QueryBatcher batcher = new QueryBatcher(new QueryOptions(3, 1_000_000, 0), model);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<SparseVector>> vectors = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                long id = i;
                vectors.add(threads.submit(() -> batcher.encode(new long[] {id})));
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(i + 1, vectors.get(i).get().weight(0));
            }
        }
        assertEquals(3, batches.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void aFailureIsOnlyThatOfTheQueryThatCausedIt() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Function<List<long[]>, List<SparseVector>> model = ids -> {
            running.countDown();
            await(mayEnd);
            if (ids.stream().anyMatch(each -> each[0] == 13)) {
                throw new EncodingException("no such luck", 0, null);
            }
            return echo(ids);
        };
        try (QueryBatcher batcher = new QueryBatcher(OPTIONS, model);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Future<SparseVector> first = threads.submit(() -> batcher.encode(new long[] {1}));
            await(running);
            Future<SparseVector> bad = threads.submit(() -> batcher.encode(new long[] {13}));
            Future<SparseVector> good = threads.submit(() -> batcher.encode(new long[] {2}));
            mayEnd.countDown();
            assertEquals(1, first.get().weight(0));
            assertEquals(2, good.get().weight(0));
            Exception error = assertThrows(Exception.class, bad::get);
            assertEquals("no such luck", error.getCause().getMessage());
        }
    }

    @Test
    void closingFailsThoseWhoWait() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Function<List<long[]>, List<SparseVector>> model = ids -> {
            running.countDown();
            await(mayEnd);
            return echo(ids);
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            QueryBatcher batcher = new QueryBatcher(OPTIONS, model);
            Future<SparseVector> first = threads.submit(() -> batcher.encode(new long[] {1}));
            await(running);
            Future<?> closing = threads.submit(batcher::close);
            mayEnd.countDown();
            closing.get();
            assertEquals(1, first.get().weight(0), "what runs is finished");
            EncodingException late = assertThrows(EncodingException.class, () -> batcher.encode(new long[] {2}));
            assertEquals("the encoder is closed", late.getMessage());
        }
    }

    @Test
    void anInterruptedCallerIsToldSo() {
        try (QueryBatcher batcher = new QueryBatcher(OPTIONS, QueryBatcherTest::echo)) {
            Thread.currentThread().interrupt();
            EncodingException error = assertThrows(EncodingException.class, () -> batcher.encode(new long[] {1}));
            assertEquals("encoding was interrupted", error.getMessage());
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void theCacheForgetsWhatWasNotAskedForLongest() {
        QueryCache cache = new QueryCache(2);
        SparseVector vector = SparseVector.of(Map.of("reef", 1f));
        cache.put("a", vector);
        cache.put("b", vector);
        assertEquals(Optional.of(vector), cache.get("a"));
        cache.put("c", vector);
        assertEquals(Optional.empty(), cache.get("b"));
        assertEquals(Optional.of(vector), cache.get("a"));
        assertEquals(Optional.of(vector), cache.get("c"));
        String book = "x".repeat(QueryCache.LONGEST_TEXT_CHARS + 1);
        cache.put(book, vector);
        assertEquals(Optional.empty(), cache.get(book));
        QueryCache none = new QueryCache(0);
        none.put("a", vector);
        assertEquals(Optional.empty(), none.get("a"));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertEquals(
                "queries in a batch must be from 1 to 256, got 0",
                assertThrows(IllegalArgumentException.class, () -> new QueryOptions(0, 0, 0))
                        .getMessage());
        assertEquals(
                "microseconds to wait must be from 0 to 1000000, got -1",
                assertThrows(IllegalArgumentException.class, () -> new QueryOptions(1, -1, 0))
                        .getMessage());
        assertEquals(
                "cached queries must be from 0 to 1000000, got 1000001",
                assertThrows(IllegalArgumentException.class, () -> new QueryOptions(1, 0, 1_000_001))
                        .getMessage());
    }

    private static List<SparseVector> echo(List<long[]> ids) {
        return ids.stream()
                .map(each -> SparseVector.of(new String[] {"id"}, new float[] {each[0]}))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
