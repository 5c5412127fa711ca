package io.skiff.index.live;

import io.skiff.index.BuildOptions;
import io.skiff.index.LiveSegments;
import io.skiff.index.MergePace;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Merges the segments of a live index, one merge at a time. */
final class Merging {
    /** How many times the merge factor of segments there may be before who refreshes has to help. */
    private static final int BEHIND_FACTOR = 8;

    private final LiveSegments segments;
    private final LiveSegments.Log log;
    private final BuildOptions options;
    private final MergePolicy policy;
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean closed;

    Merging(LiveSegments segments, LiveSegments.Log log, LiveOptions options) {
        this.segments = segments;
        this.log = log;
        this.options = options.build();
        this.policy = new MergePolicy(options.mergeFactor());
    }

    /** Merges until the policy is content. */
    void mergeAll() throws IOException {
        Optional<MergePolicy.Run> run;
        do {
            running.lock();
            try {
                run = policy.select(segments.sizes());
                if (run.isPresent()) {
                    merge(run.get());
                }
            } finally {
                running.unlock();
            }
        } while (run.isPresent());
    }

    /** Merges the segments that there are into at most so many, and leaves their deleted documents behind. */
    void force(int maxSegments) throws IOException {
        running.lock();
        try {
            int count = segments.sizes().size(); // what comes meanwhile comes behind these
            int fresh = -1;
            Optional<MergePolicy.Run> run = MergePolicy.selectForced(segments.sizes(), maxSegments);
            if (run.isPresent()) {
                merge(run.get());
                fresh = run.get().first();
                count -= run.get().count() - 1;
            }
            for (int i = count - 1; i >= 0; i--) {
                if (i != fresh
                        && i < segments.sizes().size()
                        && segments.sizes().get(i).hasDeletions()) {
                    merge(new MergePolicy.Run(i, 1));
                }
            }
        } catch (CancellationException e) {
            throw new IOException("the index was closed before its segments were merged", e);
        } finally {
            running.unlock();
        }
    }

    /** Does something while no merge runs. */
    void alone(BackgroundWork.Work work) throws IOException {
        running.lock();
        try {
            work.run();
        } finally {
            running.unlock();
        }
    }

    /** Has the caller merge, or wait for who does, where there are so many segments that searches suffer. */
    void catchUp() throws IOException {
        if (segments.sizes().size() > BEHIND_FACTOR * policy.mergeFactor()) {
            try {
                mergeAll();
            } catch (CancellationException e) {
                return; // the index is being closed, so there is nothing to catch up with
            }
        }
    }

    /** Goes on until the index is closed. */
    MergePace pace() {
        return () -> {
            if (closed) {
                throw new CancellationException("the index is being closed");
            }
        };
    }

    private void merge(MergePolicy.Run run) throws IOException {
        pace().beforeDocument();
        if (segments.merge(run.first(), run.count(), options, pace(), log)) {
            done.incrementAndGet();
        }
    }

    /** Merges that run now. */
    int runningCount() {
        return running.isLocked() ? 1 : 0;
    }

    /** Merges that were done. */
    long doneCount() {
        return done.get();
    }

    /** Has every merge given up. */
    void close() {
        closed = true;
    }
}
