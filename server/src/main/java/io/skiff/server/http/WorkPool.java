package io.skiff.server.http;

import io.skiff.index.LowPriority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that do the work of a {@link io.skiff.server.rest.Lane}, and the bounded queue before them.
 *
 * <p>Work goes to the thread that went to sleep last, and to nobody else: on one connection one thread then does all
 * searches, whose memory its processor has in its caches. The pools of the JDK have their threads take turns, and so does
 * one of the fork-join kind, which wakes a second thread for whatever the first takes; see {@code bench/RESULTS.md}.
 */
final class WorkPool {
    private static final Logger LOG = LoggerFactory.getLogger(WorkPool.class);

    private final String work;
    private final int queueCapacity;
    private final Runnable onReject;
    private final List<Worker> workers = new ArrayList<>();

    /** Held to move work and threads between the fields below, never while work is done. */
    private final ReentrantLock lock = new ReentrantLock();

    /** What waits for a thread, in its order. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** Threads without work, the one that slept last on top; there are none while something waits. */
    private final Deque<Worker> idle = new ArrayDeque<>();

    private volatile boolean closed;

    /** A thread of the pool. */
    private final class Worker extends Thread {
        private final int nice;

        /** What it is given while it sleeps. */
        private volatile Runnable given;

        Worker(String name, int nice) {
            super(name);
            this.nice = nice;
            setDaemon(true);
        }

        @Override
        public void run() {
            if (nice > 0) {
                LowPriority.take(nice);
            }
            for (Runnable task = sleep(); task != null; task = next(this)) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("a {} failed", work, e);
                }
            }
        }

        /** Sleeps until it is given something, or nothing will come any more: null. */
        private Runnable sleep() {
            while (given == null && !closed) {
                LockSupport.park(this);
                Thread.interrupted(); // which would keep it from sleeping again
            }
            Runnable task = given;
            given = null;
            return task;
        }
    }

    /**
     * A pool.
     *
     * @param work one piece of what it does, in a word, for the names of threads and for messages
     * @param nice how much it leaves to others, 0 for nothing
     */
    WorkPool(String work, int threads, int queueCapacity, int nice, Runnable onReject) {
        this.work = work;
        this.queueCapacity = queueCapacity;
        this.onReject = onReject;
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker("skiff-" + work + "-" + i, nice));
        }
        idle.addAll(workers);
        workers.forEach(Thread::start);
    }

    /**
     * Has a thread run {@code task} soon.
     *
     * @throws RejectedExecutionException if too many wait already, or the pool is closing; the message is for the
     *     client
     */
    void execute(Runnable task) {
        Worker woken;
        lock.lock();
        try {
            if (closed) {
                throw refusal("the server is stopping");
            }
            woken = idle.poll();
            if (woken != null) {
                woken.given = task;
            } else if (waiting.size() < queueCapacity) {
                waiting.add(task);
            } else {
                throw refusal("all " + workers.size() + " " + work + " threads are busy and " + queueCapacity
                        + " requests wait already (queue capacity " + queueCapacity + ")");
            }
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(woken); // nobody if it waits
    }

    private RejectedExecutionException refusal(String reason) {
        onReject.run();
        return new RejectedExecutionException("rejected execution of a " + work + ": " + reason);
    }

    /** What a thread does after its work: what waits, or else it sleeps. */
    private Runnable next(Worker worker) {
        lock.lock();
        try {
            Runnable task = waiting.poll();
            if (task != null) {
                return task;
            }
            idle.push(worker);
        } finally {
            lock.unlock();
        }
        return worker.sleep();
    }

    /** Threads at work. */
    int active() {
        lock.lock();
        try {
            return workers.size() - idle.size();
        } finally {
            lock.unlock();
        }
    }

    /** What waits for a thread. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more work and waits for what it has; false if some of it still runs at the end of the time. */
    boolean close(Duration patience) {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        workers.forEach(LockSupport::unpark);
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Worker worker : workers) {
                if (!worker.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
