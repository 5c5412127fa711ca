package io.skiff.bench.search;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreCheckTest {
    private record Fixed(String name, double... expected) implements BenchSystem {
        @Override
        public Object search(int query, int k) {
            return expected;
        }

        @Override
        public double[] scores(Object hits) {
            return (double[]) hits;
        }
    }

    @Test
    void equalScoresPass() {
        List<BenchSystem> systems = List.of(new Fixed("a", 3, 2, 2), new Fixed("b", 3, 2, 2));
        assertDoesNotThrow(() -> ScoreCheck.verify(systems, 2, 10));
    }

    @Test
    void oneDifferentScoreFailsNamingQueryRankAndBothScores() {
        List<BenchSystem> systems = List.of(new Fixed("a", 3, 2, 2), new Fixed("b", 3, 2, 1));
        String message = assertThrows(ScoreCheck.MismatchException.class, () -> ScoreCheck.verify(systems, 2, 10))
                .getMessage();
        assertTrue(message.contains("query 0, k=10: at rank 3 a has score 2.0, b has 1.0"), message);
    }

    @Test
    void aMissingHitFails() {
        List<BenchSystem> systems = List.of(new Fixed("a", 3, 2), new Fixed("b", 3));
        String message = assertThrows(ScoreCheck.MismatchException.class, () -> ScoreCheck.verify(systems, 1, 10))
                .getMessage();
        assertTrue(message.contains("a has 2 hits, b has 1"), message);
    }
}
