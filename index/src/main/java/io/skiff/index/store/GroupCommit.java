package io.skiff.index.store;

import io.skiff.index.LowPriority;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that commits. While it commits a group, those who come meanwhile line up and are the next group: with
 * one fsync a group, writers share it without waiting for each other on purpose.
 */
final class GroupCommit {
    /** Most changes of a group, unless a single request has more. */
    static final int MAX_GROUP_WRITES = 10_000;

    /** Bytes from which on a group takes no further request. */
    static final long MAX_GROUP_BYTES = 32 << 20;

    /** Between two looks whether there is something to be synced, where nothing needs to be. */
    private static final Duration NEVER = Duration.ofHours(1);

    /** Something else to be done between two groups. */
    interface Task {
        void run() throws IOException;
    }

    /** Commits groups. */
    interface Committer {
        /** Carries out a group as one; what it throws, every request of the group is told. */
        List<List<WriteResult>> commitGroup(List<List<Write>> group) throws IOException;

        /** Called between groups, and once at the end. */
        void idle(boolean last) throws IOException;
    }

    private sealed interface Entry {}

    private record Request(List<Write> writes, CompletableFuture<List<WriteResult>> result) implements Entry {
        long bytes() {
            long bytes = 0;
            for (Write write : writes) {
                if (write instanceof Write.Put put) {
                    bytes += put.source().length + (long) put.derived().length;
                }
            }
            return bytes;
        }
    }

    private record Job(Task task, CompletableFuture<Void> done) implements Entry {}

    private record Stop() implements Entry {}

    private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Committer committer;
    private volatile Duration idleAfter;
    private final Thread thread;
    private boolean stopping;
    private IOException endFailure;

    /** How long at most a policy lets pass between two calls of {@link Committer#idle}. */
    static Duration idleAfter(SyncPolicy policy) {
        return policy instanceof SyncPolicy.Async(Duration interval) ? interval : NEVER;
    }

    /**
     * Starts the thread.
     *
     * @param idleAfter how long at most between two calls of {@link Committer#idle}
     */
    GroupCommit(String name, Duration idleAfter, Committer committer) {
        this.committer = committer;
        this.idleAfter = idleAfter;
        this.thread = Thread.ofPlatform().name("skiff-store-" + name).daemon().start(() -> {
            LowPriority.take(LowPriority.WRITING);
            run();
        });
    }

    /**
     * Waits until {@code writes} are committed.
     *
     * @throws IOException if they could not be, or the commit has been stopped
     */
    List<WriteResult> commit(List<Write> writes) throws IOException {
        return await(enqueue(writes));
    }

    /** Changes how long at most it is between two calls of {@link Committer#idle}, from the next task or group on. */
    void setIdleAfter(Duration changed) {
        idleAfter = changed;
    }

    /** Has the committing thread run {@code task} between two groups, and waits for it. */
    void run(Task task) throws IOException {
        Job job = new Job(task, new CompletableFuture<>());
        enqueue(job);
        await(job.done());
    }

    private static <T> T await(CompletableFuture<T> result) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true; // what is under way cannot be called back: its outcome is worth waiting for
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    CompletableFuture<List<WriteResult>> enqueue(List<Write> writes) throws IOException {
        Request request = new Request(List.copyOf(writes), new CompletableFuture<>());
        enqueue(request);
        return request.result();
    }

    private synchronized void enqueue(Entry entry) throws IOException {
        if (stopping) {
            throw new IOException("the document store is closed");
        }
        queue.add(entry);
    }

    /** A fresh exception for each waiter, since each adds its own stack. */
    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException) {
            return new IOException(cause.getMessage(), cause);
        }
        return new IOException("the document store failed: " + cause, cause);
    }

    /** Commits what is queued, takes nothing more, and ends the thread. */
    void close() throws IOException {
        synchronized (this) {
            if (!stopping) {
                stopping = true;
                queue.add(new Stop());
            }
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (endFailure != null) {
            throw failure(endFailure);
        }
    }

    private void run() {
        long idleAt = System.nanoTime();
        Entry carried = null;
        while (!(carried instanceof Stop)) {
            Entry entry = carried != null ? carried : poll(idleAt + idleAfter.toNanos() - System.nanoTime());
            carried = switch (entry) {
                case null -> null;
                case Stop stop -> stop;
                case Job job -> perform(job);
                case Request request -> commitWithOthers(request);
            };
            if (System.nanoTime() - idleAt >= idleAfter.toNanos()) {
                endFailure = idle(false);
                idleAt = System.nanoTime();
            }
        }
        IOException atEnd = idle(true);
        endFailure = atEnd != null ? atEnd : endFailure;
    }

    private Entry poll(long nanos) {
        try {
            return queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return null; // nobody has a reason to interrupt this thread, and it may not leave writers waiting
        }
    }

    private static Entry perform(Job job) {
        try {
            job.task().run();
            job.done().complete(null);
        } catch (IOException | RuntimeException | Error e) {
            job.done().completeExceptionally(e);
        }
        return null;
    }

    /** Commits a request with those that wait behind it, up to the limits; returns what no longer belongs to them, or null. */
    private Entry commitWithOthers(Request first) {
        List<Request> group = new ArrayList<>(List.of(first));
        long writes = first.writes().size();
        long bytes = first.bytes();
        Entry next = queue.poll();
        while (next instanceof Request request) {
            writes += request.writes().size();
            bytes += request.bytes();
            if (writes > MAX_GROUP_WRITES || bytes > MAX_GROUP_BYTES) {
                break;
            }
            group.add(request);
            next = queue.poll();
        }
        commitAll(group);
        return next;
    }

    private void commitAll(List<Request> group) {
        try {
            List<List<WriteResult>> results =
                    committer.commitGroup(group.stream().map(Request::writes).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result().complete(results.get(i));
            }
        } catch (IOException | RuntimeException | Error e) {
            group.forEach(request -> request.result().completeExceptionally(e));
        }
    }

    private IOException idle(boolean last) {
        try {
            committer.idle(last);
            return null;
        } catch (IOException e) {
            return e;
        } catch (RuntimeException e) {
            return new IOException("the document store failed: " + e, e);
        }
    }
}
