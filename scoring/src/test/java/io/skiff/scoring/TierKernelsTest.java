package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gaps of every width, read off any alignment from memory that ends with what may be loaded. */
final class TierKernelsTest {
    private static final int[] COUNTS = {0, 1, 2, 3, 7, 8, 9, 64, 65, 1000};
    private static final int START = 3;
    private static final int TAIL_BYTES = 8;

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 16})
    void addsWhatTheGapsSay(int bits) {
        Random random = Seed.random(bits);
        int skip = (1 << bits) - 1;
        for (int count : COUNTS) {
            int[] gaps = random.ints(count, 0, skip + 1).toArray();
            for (int i = 0; i < count; i += 5) {
                gaps[i] = skip;
            }
            int last = 0;
            for (int gap : gaps) {
                last += gap;
            }
            int[] expected = new int[last + 1];
            int[] expectedMixed = new int[last + 1];
            byte[] impacts = new byte[count];
            int docId = 0;
            for (int i = 0; i < count; i++) {
                docId += gaps[i];
                if (gaps[i] != skip) {
                    impacts[i] = (byte) (1 + random.nextInt(255));
                    expected[docId] += 300;
                    expectedMixed[docId] += 9 * (impacts[i] & 0xFF);
                }
            }
            String what = count + " gaps of " + bits + " bits" + Seed.describe();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment postings = write(arena, gaps, bits, impacts);
                int[] scores = new int[last + 1];
                assertEquals(last, add(postings, bits, count, 300, scores), what);
                assertArrayEquals(expected, scores, what);
                int[] mixed = new int[last + 1];
                assertEquals(last, addMixed(postings, bits, count, 9, mixed), what);
                assertArrayEquals(expectedMixed, mixed, what);
                if (last > 0) {
                    int[] tooFew = new int[last];
                    assertThrows(
                            ArrayIndexOutOfBoundsException.class, () -> add(postings, bits, count, 1, tooFew), what);
                }
            }
        }
    }

    private static int add(MemorySegment postings, int bits, int count, int contribution, int[] scores) {
        return switch (bits) {
            case 8 -> TierKernels.add8(postings, START, count, contribution, scores);
            case 12 -> TierKernels.add12(postings, START, count, contribution, scores);
            default -> TierKernels.add16(postings, START, count, contribution, scores);
        };
    }

    private static int addMixed(MemorySegment postings, int bits, int count, int weight, int[] scores) {
        long impacts = START + gapsBytes(bits, count);
        return switch (bits) {
            case 8 -> TierKernels.addMixed8(postings, START, impacts, count, weight, scores);
            case 12 -> TierKernels.addMixed12(postings, START, impacts, count, weight, scores);
            default -> TierKernels.addMixed16(postings, START, impacts, count, weight, scores);
        };
    }

    private static long gapsBytes(int bits, int count) {
        return ((long) count * bits + 7) / 8;
    }

    private static MemorySegment write(Arena arena, int[] gaps, int bits, byte[] impacts) {
        long gapsBytes = gapsBytes(bits, gaps.length);
        MemorySegment postings = arena.allocate(START + gapsBytes + impacts.length + TAIL_BYTES);
        for (int i = 0; i < gaps.length * bits; i++) {
            long at = START + (long) i / 8;
            int set = (gaps[i / bits] >>> (i % bits)) & 1;
            byte before = postings.get(ValueLayout.JAVA_BYTE, at);
            postings.set(ValueLayout.JAVA_BYTE, at, (byte) (before | set << (i % 8)));
        }
        MemorySegment.copy(MemorySegment.ofArray(impacts), 0, postings, START + gapsBytes, impacts.length);
        return postings;
    }
}
