package io.skiff.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkPoolTest {
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void refusesWhatIsMoreThanItsThreadsAndItsQueueTake() throws InterruptedException {
        WorkPool pool = new WorkPool("search", 2, 3, 0, refused::incrementAndGet);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(5);
        for (int i = 0; i < 5; i++) {
            pool.execute(() -> {
                await(release);
                done.countDown();
            });
        }
        assertEquals(2, pool.active());
        assertEquals(3, pool.waiting());
        RejectedExecutionException refusal =
                assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
        assertTrue(refusal.getMessage().contains("queue capacity 3"), refusal.getMessage());
        assertEquals(1, refused.get());
        release.countDown();
        done.await();
        assertTrue(pool.close(Duration.ofSeconds(30)));
        assertEquals(0, pool.active());
        refusal = assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
        assertTrue(refusal.getMessage().contains("the server is stopping"), refusal.getMessage());
    }

    /** One thread that stays with what another has submitted would leave all others waiting. */
    @Test
    void takesWorkInItsOrderWhoeverSubmitsIt() throws InterruptedException {
        WorkPool pool = new WorkPool("search", 1, 1_000, 5, refused::incrementAndGet);
        CountDownLatch release = new CountDownLatch(1);
        pool.execute(() -> await(release));
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            int number = i;
            Thread submitter = new Thread(() -> pool.execute(() -> order.add(number)));
            submitter.start();
            submitter.join();
        }
        release.countDown();
        assertTrue(pool.close(Duration.ofSeconds(30)));
        assertEquals(IntStream.range(0, 100).boxed().toList(), order);
    }

    @Test
    void wakesTheThreadThatSleptLastAndNoOther() throws InterruptedException {
        WorkPool pool = new WorkPool("search", 4, 10, 0, refused::incrementAndGet);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 200; i++) {
            CountDownLatch done = new CountDownLatch(1);
            pool.execute(() -> {
                threads.add(Thread.currentThread().getName());
                done.countDown();
            });
            done.await();
            while (pool.active() > 0) {
                Thread.onSpinWait();
            }
        }
        assertEquals(1, threads.size(), threads.toString());
        assertTrue(pool.close(Duration.ofSeconds(30)));
    }

    @Test
    void goesOnAfterWorkThatFails() throws InterruptedException {
        WorkPool pool = new WorkPool("search", 1, 10, 0, refused::incrementAndGet);
        CountDownLatch done = new CountDownLatch(1);
        pool.execute(() -> {
            throw new IllegalStateException("as a test wants it");
        });
        pool.execute(() -> {
            throw new StackOverflowError("as a test wants it");
        });
        pool.execute(done::countDown);
        done.await();
        assertTrue(pool.close(Duration.ofSeconds(30)));
    }

    /** Threads of many submitters, and threads that fall asleep just then: nothing may be left lying. */
    @Test
    void doesAllThatItTakes() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            WorkPool pool = new WorkPool("search", 3, 100_000, 0, refused::incrementAndGet);
            AtomicInteger done = new AtomicInteger();
            List<Thread> submitters = new ArrayList<>();
            for (int s = 0; s < 4; s++) {
                submitters.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        pool.execute(done::incrementAndGet);
                        if (i % 16 == 0) {
                            LockSupport.parkNanos(1);
                        }
                    }
                }));
            }
            for (Thread submitter : submitters) {
                submitter.join();
            }
            assertTrue(pool.close(Duration.ofSeconds(30)));
            assertEquals(8_000, done.get());
            assertEquals(0, pool.active());
            assertEquals(0, pool.waiting());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
