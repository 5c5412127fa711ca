package io.skiff.scoring;

/**
 * What a block-max search may cost before scoring every document is the better choice.
 *
 * @param k hits wanted
 * @param blockNanos cost of scoring one block
 * @param exhaustiveNanos cost of scoring every document instead
 */
record BlockBudget(int k, double blockNanos, double exhaustiveNanos) {
    /** Of the cost of scoring every document: what may be lost on blocks before it is done all the same. */
    private static final double SHARE_TO_SPEND = .25;

    /** How many times more than that cost is allowed to remain while nothing has been spent. */
    private static final double PATIENCE = 3;

    /** Never gives up. */
    static BlockBudget unlimited(int k) {
        return new BlockBudget(k, 0, Double.POSITIVE_INFINITY);
    }

    /** About how many blocks of the highest bounds hold the best k, so that scoring them gives a good threshold. */
    int firstBlockCount() {
        return 64 + 2 * k;
    }

    /**
     * Whether to give up. What remains is an overestimate until the threshold is near its final value, so early on it
     * counts in part only; and while little has been spent, only what is hopeless is given up, since a search that goes on
     * a little loses less than one that is given up too soon.
     */
    boolean isOverspent(int scoredCount, int remainingCount) {
        double trust = Math.min(1, scoredCount / (200 + 3.0 * k));
        double unspent = Math.max(0, 1 - scoredCount * blockNanos / (SHARE_TO_SPEND * exhaustiveNanos));
        return remainingCount * blockNanos * trust > exhaustiveNanos * (1 + PATIENCE * unspent);
    }
}
