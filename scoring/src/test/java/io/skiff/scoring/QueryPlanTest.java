package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.FieldInfo;
import io.skiff.index.Limits;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import io.skiff.scoring.SparseQuery.Clause;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QueryPlanTest {
    private static final Map<String, FieldInfo> FIELDS =
            Map.of("whole", field("whole", 1), "tenth", field("tenth", .1f), "tiny", field("tiny", 1e-6f));

    private static FieldInfo field(String name, float scale) {
        return new FieldInfo(name, new Quantizer(scale), Map.of(), 1, 1, 0);
    }

    private static Clause clause(String field, float boost, SparseVector vector) {
        return new Clause(field, vector, boost);
    }

    private static SparseVector vector(int size, IntToDoubleFunction weight) {
        return SparseVector.of(
                IntStream.range(0, size).mapToObj(i -> "t" + i).toArray(String[]::new), floats(size, weight));
    }

    private static float[] floats(int size, IntToDoubleFunction weight) {
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = (float) weight.applyAsDouble(i);
        }
        return floats;
    }

    @Test
    void wholeWeightsAreUsedUnchanged() {
        QueryPlan plan =
                QueryPlan.of(SparseQuery.of("whole", vector(Searcher.MAX_QUERY_TOKENS, i -> i % 255 + 1)), FIELDS);
        assertEquals(1, plan.scale());
        for (int i = 0; i < plan.terms().size(); i++) {
            assertEquals(i % 255 + 1, plan.terms().get(i).weight());
        }
    }

    @Test
    void wholeProductsOfBoostAndWeightAreUsedUnchanged() {
        QueryPlan plan = QueryPlan.of(
                new SparseQuery(List.of(
                        clause("whole", .5f, vector(3, i -> 2 * i + 2)), clause("whole", 3, vector(2, i -> 85)))),
                FIELDS);
        assertEquals(1, plan.scale());
        assertEquals(
                List.of(1 + 255, 2 + 255, 3),
                plan.terms().stream().map(QueryPlan.Term::weight).toList());
    }

    @Test
    void clausesOnOneFieldShareTermsAndFieldsDoNot() {
        QueryPlan plan = QueryPlan.of(
                new SparseQuery(List.of(
                        clause("tenth", 1, vector(2, i -> 1)),
                        clause("whole", 1, vector(1, i -> 1)),
                        clause("tenth", 2, vector(3, i -> 1)))),
                FIELDS);
        assertEquals(
                List.of("tenth:t0", "tenth:t1", "whole:t0", "tenth:t2"),
                plan.terms().stream().map(t -> t.field() + ":" + t.token()).toList());
        double[] expected = {3 * .1f, 3 * .1f, 1, 2 * .1f};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], plan.terms().get(i).weight() * plan.scale(), 1.0 / (1 << 15));
        }
    }

    @Test
    void aFieldThatTheIndexLacksWeighsNothingAndDoesNotMoveTheScale() {
        Clause known = clause("whole", 1, vector(3, i -> i + 1));
        QueryPlan plan = QueryPlan.of(new SparseQuery(List.of(clause("absent", 1, vector(1, i -> .3)), known)), FIELDS);
        assertEquals(1, plan.scale());
        assertEquals(
                List.of(0, 1, 2, 3),
                plan.terms().stream().map(QueryPlan.Term::weight).toList());
    }

    @Test
    void emptyQueriesPlan() {
        assertEquals(new QueryPlan(List.of(), 1), QueryPlan.of(new SparseQuery(List.of()), FIELDS));
        assertEquals(new QueryPlan(List.of(), 1), QueryPlan.of(SparseQuery.of("whole", SparseVector.EMPTY), FIELDS));
    }

    @Test
    void quantizationKeepsItsPromises() {
        Random random = Seed.random(3);
        for (int round = 0; round < 300; round++) {
            int size = 1 + random.nextInt(round % 3 == 0 ? Searcher.MAX_QUERY_TOKENS : 200);
            double spread = random.nextInt(12);
            float boost = (float) Math.exp(random.nextGaussian() * 10);
            String field = random.nextBoolean() ? "tenth" : "tiny";
            SparseVector vector = vector(size, i -> Math.exp(random.nextGaussian() * spread));
            QueryPlan plan = QueryPlan.of(new SparseQuery(List.of(clause(field, boost, vector))), FIELDS);
            assertPromises(plan, vector, boost, "round " + round + ", " + size + " tokens" + Seed.describe());
        }
    }

    private static void assertPromises(QueryPlan plan, SparseVector vector, float boost, String what) {
        assertEquals(1, Math.scalb(plan.scale(), -Math.getExponent(plan.scale())), what + ": scale is a power of two");
        long largestScore = 0;
        int largestWeight = 0;
        for (int i = 0; i < vector.size(); i++) {
            QueryPlan.Term term = plan.terms().get(i);
            double exact = (double) boost * vector.weight(i) * term.fieldScale();
            assertTrue(term.weight() >= 1, what + ": weight " + exact + " became " + term.weight());
            double error = Math.abs(term.weight() * plan.scale() - exact);
            assertTrue(error <= plan.scale() / 2 || term.weight() == 1, what + ": error " + error);
            largestScore += (long) term.weight() * Limits.MAX_IMPACT;
            largestWeight = Math.max(largestWeight, term.weight());
        }
        assertTrue(largestScore <= Integer.MAX_VALUE, what + ": largest score " + largestScore);
        int bits = vector.size() <= 128 ? 16 : vector.size() <= 2_000 ? 12 : 10;
        assertTrue(largestWeight >= 1 << (bits - 1), what + ": largest weight " + largestWeight);
    }

    @Test
    void flatWeightsKeepTheBitsThatAreDocumented() {
        for (int[] sizeAndBits : new int[][] {{128, 16}, {2_000, 12}, {Searcher.MAX_QUERY_TOKENS, 10}}) {
            QueryPlan plan = QueryPlan.of(SparseQuery.of("whole", vector(sizeAndBits[0], i -> .3)), FIELDS);
            int weight = plan.terms().getFirst().weight();
            assertTrue(weight >= 1 << (sizeAndBits[1] - 1), sizeAndBits[0] + " tokens: " + weight);
        }
    }
}
