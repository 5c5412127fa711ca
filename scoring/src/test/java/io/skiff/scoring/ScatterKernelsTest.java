package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pairs of gap and maximum against a plain reading of them, tile after tile and from any block on. */
final class ScatterKernelsTest {
    private static final int BLOCKS = 3_000;

    @Test
    void pairsAreAddedWhereTheirGapsLead() {
        for (int round = 0; round < 500; round++) {
            Random random = Seed.random(7_000 + round);
            String what = "round " + round + Seed.describe();
            try (Arena arena = Arena.ofConfined()) {
                int[] bounds = new int[BLOCKS];
                int shift = random.nextInt(9);
                int multiplier = 1 + random.nextInt((0xFFFF - (1 << shift)) / 255);
                MemorySegment pairs = pairs(arena, random, bounds, multiplier, shift);
                int firstBlock = random.nextBoolean() ? 0 : random.nextInt(BLOCKS);
                MemorySegment sums = arena.allocate((long) (BLOCKS - firstBlock) * Short.BYTES);
                SparsePass pass = pass(pairs, multiplier, shift, firstBlock);
                int tile = 1 + random.nextInt(BLOCKS);
                for (int end = tile; end < BLOCKS - firstBlock + tile; end += tile) {
                    ScatterKernels.addGaps(pairs, pass, 0, sums, Math.min(end, BLOCKS - firstBlock));
                }
                for (int block = firstBlock; block < BLOCKS; block++) {
                    short sum = sums.get(LittleEndian.SHORT, (long) (block - firstBlock) * Short.BYTES);
                    assertEquals((short) bounds[block], sum, what + ", block " + block);
                }
            }
        }
    }

    /** Pairs for some blocks; writes what they are to add to each. */
    private static MemorySegment pairs(Arena arena, Random random, int[] bounds, int multiplier, int shift) {
        MemorySegment pairs = arena.allocate(2L * BLOCKS);
        int longest = random.nextBoolean() ? 255 : 1 + random.nextInt(20);
        long end = 0;
        for (int block = random.nextInt(256); block < BLOCKS; end += 2) {
            int gap = end == 0 ? block : 1 + random.nextInt(longest);
            block += end == 0 ? 0 : gap;
            if (block >= BLOCKS) {
                break;
            }
            // A maximum of 0 is on the way over a long gap.
            int maximum =
                    gap == 255 && random.nextBoolean() ? 0 : random.nextInt(4) == 0 ? 255 : 1 + random.nextInt(255);
            pairs.set(LittleEndian.SHORT, end, (short) (maximum << Byte.SIZE | gap));
            bounds[block] = (multiplier * maximum + (1 << shift) - 1) >>> shift;
        }
        return pairs.asSlice(0, end);
    }

    private static SparsePass pass(MemorySegment pairs, int multiplier, int shift, int firstBlock) {
        SparsePass pass = new SparsePass();
        pass.positions = new long[] {0};
        pass.ends = new long[] {pairs.byteSize()};
        pass.blocks = new int[] {-firstBlock};
        pass.multipliers = new int[] {multiplier};
        pass.shifts = new int[] {shift};
        pass.firstBlock = firstBlock;
        return pass;
    }
}
