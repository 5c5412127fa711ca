package io.skiff.server.rest.plan;

import io.skiff.scoring.WindowScores;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The scores of a window of documents, and which of them match. Used again by later searches; one search has no more of
 * them at a time than its tree is deep, twice.
 */
final class ScoreBuffer {
    static final int WORDS = WindowScores.DOCUMENTS / Long.SIZE;

    private static final Queue<ScoreBuffer> IDLE = new ConcurrentLinkedQueue<>();

    /** Documents that match, a bit each. */
    final long[] matched = new long[WORDS];

    /** Their scores; of documents that do not match, anything. */
    final double[] scores = new double[WindowScores.DOCUMENTS];

    /** How many of some nodes match. */
    final short[] counts = new short[WindowScores.DOCUMENTS];

    /** What a dot product is summed up in; all 0 between windows. */
    final int[] sums = new int[WindowScores.DOCUMENTS];

    private ScoreBuffer() {}

    static ScoreBuffer take() {
        ScoreBuffer buffer = IDLE.poll();
        return buffer == null ? new ScoreBuffer() : buffer;
    }

    /** Takes back what a search that did not fail has used: what a failure leaves behind must not be used again. */
    static void giveBack(ScoreBuffer buffer) {
        IDLE.add(buffer);
    }
}
