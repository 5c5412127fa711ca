package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TopKTest {
    private final TopK topK = new TopK();

    @Test
    void keepsTheBestInOrderOfScoreThenInsertion() {
        Random random = Seed.random(2);
        for (int round = 0; round < 200; round++) {
            int count = random.nextInt(3_000);
            int distinctScores = 1 + random.nextInt(round % 2 == 0 ? 5 : 100_000);
            int[] scores = random.ints(count, 0, distinctScores).toArray();
            int k = 1 + random.nextInt(random.nextBoolean() ? 10 : 2_000);
            assertBest(scores, k, "round " + round);
        }
    }

    @Test
    void isRightOnSortedInputs() {
        List<IntUnaryOperator> shapes = List.of(
                i -> i,
                i -> 50_000 - i,
                i -> 7,
                i -> i % 2 == 0 ? i : 50_000 - i,
                i -> Math.abs(25_000 - i),
                i -> i & 1023);
        for (IntUnaryOperator shape : shapes) {
            int[] scores = IntStream.range(0, 50_000).map(shape).toArray();
            for (int k : new int[] {1, 10, 127, 128, 129, 10_000}) {
                assertBest(scores, k, "shape " + shapes.indexOf(shape));
            }
        }
    }

    @Test
    void holdsTheExtremes() {
        long lastOrdinal = TopK.MAX_DOCUMENTS - 1;
        topK.reset(2);
        topK.offer(TopK.key(1, lastOrdinal));
        topK.offer(TopK.key(Integer.MAX_VALUE, lastOrdinal - 1));
        topK.offer(TopK.key(0, 5));
        assertEquals(2, topK.sort());
        assertEquals(Integer.MAX_VALUE, TopK.score(topK.get(0)));
        assertEquals(lastOrdinal - 1, TopK.ordinal(topK.get(0)));
        assertEquals(1, TopK.score(topK.get(1)));
        assertEquals(lastOrdinal, TopK.ordinal(topK.get(1)));
    }

    @Test
    void thresholdRisesAndNeverAboveTheKthScore() {
        topK.reset(10);
        assertEquals(0, topK.threshold());
        for (int i = 1; i <= 10_000; i++) {
            topK.offer(TopK.key(i, i));
            assertTrue(topK.threshold() <= Math.max(0, i - 9), "after " + i + " offers: " + topK.threshold());
        }
        assertTrue(topK.threshold() > 9_000, "threshold lags: " + topK.threshold());
    }

    @Test
    void whatWasForgottenMayBeOfferedAgain() {
        for (int round = 0; round < 100; round++) {
            Random random = Seed.random(20 + round);
            int k = 1 + random.nextInt(50);
            int[] scores = random.ints(400, 1, random.nextBoolean() ? 4 : 1_000).toArray();
            int from = random.nextInt(scores.length);
            topK.reset(k);
            for (int i = 0; i < scores.length; i++) {
                topK.offer(TopK.key(scores[i], i));
                topK.tighten();
            }
            topK.forget(from, Long.MAX_VALUE);
            assertTrue(topK.threshold() >= 0, "round " + round + Seed.describe());
            for (int i = from; i < scores.length; i++) {
                if (scores[i] > topK.threshold()) {
                    topK.offer(TopK.key(scores[i], i));
                }
            }
            List<Long> expected = IntStream.range(0, scores.length)
                    .mapToObj(i -> TopK.key(scores[i], i))
                    .sorted()
                    .limit(k)
                    .toList();
            List<Long> actual =
                    IntStream.range(0, topK.sort()).mapToObj(topK::get).toList();
            assertEquals(expected, actual, "round " + round + Seed.describe());
        }
    }

    @Test
    void tighteningRaisesTheThresholdToTheKthScore() {
        topK.reset(3);
        for (int i = 1; i <= 2; i++) {
            topK.offer(TopK.key(i, i));
            topK.tighten();
            assertEquals(0, topK.threshold());
        }
        for (int i = 3; i <= 100; i++) {
            topK.offer(TopK.key(i, i));
            topK.tighten();
            assertEquals(i - 2, topK.threshold());
        }
    }

    private void assertBest(int[] scores, int k, String what) {
        List<Long> expected = LongStream.range(0, scores.length)
                .filter(i -> scores[(int) i] > 0)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -scores[i.intValue()]))
                .limit(k)
                .toList();
        topK.reset(k);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > topK.threshold()) {
                topK.offer(TopK.key(scores[i], i));
            }
        }
        int size = topK.sort();
        List<Long> actual = IntStream.range(0, size)
                .mapToObj(rank -> TopK.ordinal(topK.get(rank)))
                .toList();
        assertEquals(expected, actual, what + ", k=" + k + Seed.describe());
        for (int rank = 0; rank < size; rank++) {
            assertEquals(scores[actual.get(rank).intValue()], TopK.score(topK.get(rank)), what + ", k=" + k);
        }
    }
}
