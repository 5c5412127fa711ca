package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One search on several threads: segments, and ranges of blocks of large ones, are parts that the threads take one after
 * the other, each into a top k of its own under a threshold that they share. Keys are distinct and totally ordered, so
 * the result is the same whatever the threads do.
 *
 * <p>The caller's thread takes parts too and waits for those only that others have begun, so an executor that is busy
 * costs speed and nothing else.
 */
final class ParallelSearch {
    /** Fewer groups of blocks than these (131,072 documents at 8 a block) are not worth a thread. */
    private static final int LEAST_GROUPS = 256;

    /** A segment, or a range of its blocks if the range is not null. */
    private record Part(SearchedSegment segment, BlockRange range) {}

    private record Done(SearchedSegment segment, long matchCount) {}

    private final SegmentSearch segmentSearch;
    private final ScratchPool scratches;
    private final QueryPlan plan;
    private final SearchOptions options;
    private final StopSignal stop;
    private final SharedThreshold threshold = new SharedThreshold();
    private final Queue<Part> parts = new ConcurrentLinkedQueue<>();
    private final Queue<Scratch> used = new ConcurrentLinkedQueue<>();
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private final Queue<SearchedSegment> failed = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> error = new AtomicReference<>();
    /** The caller and the threads at work. */
    private final Phaser workers = new Phaser(1);

    ParallelSearch(
            SegmentSearch segmentSearch,
            ScratchPool scratches,
            QueryPlan plan,
            SearchOptions options,
            StopSignal stop) {
        this.segmentSearch = segmentSearch;
        this.scratches = scratches;
        this.plan = plan;
        this.options = options;
        this.stop = stop;
    }

    /** Searches the segments and leaves everything that was found in {@code scratch}, which is reset. */
    void search(SearchedSegment[] segments, Scratch scratch) {
        SearchOptions.Parallelism parallelism = options.parallelism().orElseThrow();
        scratch.reset(options.k(), threshold);
        for (SearchedSegment segment : segments) {
            plan(segment, parallelism.threads(), scratch);
        }
        int helpers = Math.min(parallelism.threads(), parts.size()) - 1;
        try {
            for (int i = 0; i < helpers; i++) {
                parallelism.executor().execute(this::help);
            }
        } catch (RejectedExecutionException e) {
            // The executor is full: this thread does the work.
        }
        try {
            work(scratch);
        } catch (RuntimeException | Error e) {
            error.compareAndSet(null, e);
        }
        // Also after an error: the index must not be closed under the others.
        workers.arriveAndAwaitAdvance();
        // An error as well as an exception: without the part that it ended, the result would look complete and lack
        // hits.
        switch (error.get()) {
            case null -> merge(segments, scratch);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("a part of the search threw what none declares", e);
        }
    }

    /** Cuts a segment into parts. */
    private void plan(SearchedSegment segment, int threads, Scratch scratch) {
        scratch.terms.resolve(segment.reader(), plan);
        BlockMaxReader blocks = segment.reader().blockMax();
        if (!segmentSearch.choosesBlockMax(segment.reader(), scratch.terms, options.k())) {
            parts.add(new Part(segment, null));
            return;
        }
        BlockRange all = BlockRange.all(blocks);
        int count = Math.clamp(all.groupCount() / LEAST_GROUPS, 1, threads);
        for (int i = 0; i < count; i++) {
            parts.add(new Part(segment, all.part(i, count)));
        }
    }

    private void help() {
        if (parts.isEmpty()) {
            return;
        }
        workers.register();
        try {
            Scratch scratch = scratches.take();
            scratch.reset(options.k(), threshold);
            work(scratch);
            used.add(scratch);
        } catch (RuntimeException | Error e) {
            error.compareAndSet(null, e);
        } finally {
            workers.arriveAndDeregister();
        }
    }

    private void work(Scratch scratch) {
        for (Part part; error.get() == null && !stop.shouldStop() && (part = parts.poll()) != null; ) {
            SegmentTask task = part.segment().task(plan, options, stop, scratch);
            if (part.range() == null) {
                segmentSearch.searchExhaustively(task, options, scratch);
                continue;
            }
            long matchesBefore = scratch.matchCount;
            segmentSearch.leaveOut(part.segment().reader(), options, scratch);
            switch (segmentSearch.searchBlocks(task, part.range(), options, scratch)) {
                case COMPLETE, STOPPED -> {}
                case GAVE_UP, NEEDS_EVERY_TERM -> failed.add(part.segment());
            }
            done.add(new Done(part.segment(), scratch.matchCount - matchesBefore));
        }
    }

    private void merge(SearchedSegment[] segments, Scratch scratch) {
        List<SearchedSegment> again = new ArrayList<>();
        for (SearchedSegment segment : segments) {
            if (failed.contains(segment)) {
                again.add(segment);
            }
        }
        for (Scratch other : used) {
            scratch.takeOver(other);
            scratches.giveBack(other);
        }
        for (SearchedSegment segment : again) {
            scratch.topK.forget(segment.firstOrdinal(), segment.firstOrdinal() + segment.documentCount());
            for (Done part : done) {
                scratch.matchCount -= part.segment().equals(segment) ? part.matchCount() : 0;
            }
            segmentSearch.searchExhaustively(segment.task(plan, options, stop, scratch), options, scratch);
        }
    }
}
