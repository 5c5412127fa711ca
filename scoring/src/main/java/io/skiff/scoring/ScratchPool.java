package io.skiff.scoring;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What searches write to, one for each that runs at the same time. Safe for use by several threads, without a lock. */
final class ScratchPool {
    private final int largestSegment;
    private final int registerBits;
    private final Queue<Scratch> idle = new ConcurrentLinkedQueue<>();

    /** This pool if its scratches are large enough for segments of so many documents, else another one. */
    ScratchPool fitting(int documentCount) {
        boolean fits = Scratch.scoreCount(documentCount) <= Scratch.scoreCount(largestSegment);
        return fits ? this : new ScratchPool(documentCount, registerBits);
    }

    /** For segments of up to so many documents. */
    ScratchPool(int largestSegment, int registerBits) {
        this.largestSegment = largestSegment;
        this.registerBits = registerBits;
    }

    Scratch take() {
        Scratch scratch = idle.poll();
        return scratch == null ? new Scratch(largestSegment, registerBits) : scratch;
    }

    /** Takes back what a search that did not fail has used. */
    void giveBack(Scratch scratch) {
        idle.add(scratch);
    }
}
