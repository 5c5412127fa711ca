package io.skiff.scoring;

import java.util.Arrays;

/**
 * Blocks in the order in which they are to be scored: by descending bound, in buckets of bounds that are nearly equal,
 * and by ascending block within a bucket. Used again.
 */
final class BlockOrder {
    private static final int FEWEST_BUCKET_BITS = 5;
    private static final int MOST_BUCKET_BITS = 10;

    private final int[] bucketEnds = new int[1 << MOST_BUCKET_BITS];
    private int bucketCount;
    private int[] collected = {};
    private int[] blocks = {};
    private int size;
    private int high;
    private int shift;

    /** Replaces the order by that of all blocks whose bound is in {@code low..high}: a counting sort. */
    void sort(BlockSums sums, int low, int high) {
        this.high = high;
        if (blocks.length < sums.blockCapacity()) {
            collected = new int[sums.blockCapacity()];
            blocks = new int[sums.blockCapacity()];
        }
        size = sums.collect(low, high, collected);
        // About two blocks a bucket: more would have blocks scored that a finer order had passed over.
        int bucketBits = Math.clamp(bitLength(size / 2), FEWEST_BUCKET_BITS, MOST_BUCKET_BITS);
        shift = Math.max(0, bitLength(high - low) - bucketBits);
        bucketCount = ((high - low) >>> shift) + 1;
        Arrays.fill(bucketEnds, 0, bucketCount, 0);
        for (int i = 0; i < size; i++) {
            bucketEnds[bucket(sums.get(collected[i]))]++;
        }
        int start = 0;
        for (int bucket = 0; bucket < bucketCount; bucket++) {
            int count = bucketEnds[bucket];
            bucketEnds[bucket] = start;
            start += count;
        }
        for (int i = 0; i < size; i++) {
            blocks[bucketEnds[bucket(sums.get(collected[i]))]++] = collected[i];
        }
    }

    /** Blocks in the order. */
    int size() {
        return size;
    }

    /** The block at a position. */
    int block(int i) {
        return blocks[i];
    }

    /** The largest bound that a block in the order from one of a bound on may have: the top of its bucket. */
    int largestFrom(int bound) {
        return high - (bucket(bound) << shift);
    }

    /** About how many blocks, from the first on, have a bound of {@code low} or more. */
    int countAbove(int low) {
        int bucket = bucket(Math.min(high, low));
        return bucketEnds[Math.min(bucket, bucketCount - 1)];
    }

    private static int bitLength(int number) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(number);
    }

    private int bucket(int bound) {
        return (high - bound) >>> shift;
    }
}
