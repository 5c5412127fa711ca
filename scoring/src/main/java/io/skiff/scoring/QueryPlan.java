package io.skiff.scoring;

import io.skiff.index.FieldInfo;
import io.skiff.index.Limits;
import io.skiff.index.SparseVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query made ready for integer arithmetic: its distinct terms with integer weights on one scale, the same for every
 * segment.
 *
 * <p>A term's effective weight is the sum, over the clauses that have it, of boost x weight, times the field's scale:
 * what one step of impact adds to the score. Where all effective weights are whole numbers they are used unchanged and
 * the scale is 1. Otherwise the scale is the smallest power of two that gives the largest weight at most 16 bits and
 * keeps the largest possible score, every impact being {@value Limits#MAX_IMPACT}, in 31 bits. The second condition
 * matters for queries of more than 128 tokens of nearly equal weight: 12 bits are left at 2,000 tokens, 10 at
 * {@value Searcher#MAX_QUERY_TOKENS}. With a power of two every product and sum of scaled integers is exact in a
 * double, in any order.
 *
 * @param terms the distinct tokens of each field, in the query's order
 * @param scale what one step of an integer score stands for
 */
record QueryPlan(List<Term> terms, double scale) {
    /** Keeps the largest possible score below 2^31. */
    static final int MAX_WEIGHT_SUM = Integer.MAX_VALUE / Limits.MAX_IMPACT;

    private static final int MAX_WEIGHT = (1 << 16) - 1;

    /**
     * A token of a field.
     *
     * @param fieldScale the weight that one step of impact stands for
     * @param weight the quantized effective weight, 0 only if the index lacks the field
     */
    record Term(String field, String token, float fieldScale, int weight) {}

    private record Key(String field, String token) {}

    /** Plans a query for an index with these fields. */
    static QueryPlan of(SparseQuery query, Map<String, FieldInfo> fields) {
        Map<Key, Double> weights = new LinkedHashMap<>();
        for (SparseQuery.Clause clause : query.clauses()) {
            SparseVector vector = clause.vector();
            for (int i = 0; i < vector.size(); i++) {
                double weight = (double) clause.boost() * vector.weight(i);
                weights.merge(new Key(clause.field(), vector.token(i)), weight, Double::sum);
            }
        }
        weights.replaceAll((key, weight) -> weight * fieldScale(fields, key.field));
        double scale = scale(weights.values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(weight -> weight > 0)
                .toArray());
        List<Term> terms = new ArrayList<>(weights.size());
        weights.forEach((key, weight) ->
                terms.add(new Term(key.field, key.token, fieldScale(fields, key.field), quantize(weight, scale))));
        return new QueryPlan(terms, scale);
    }

    private static float fieldScale(Map<String, FieldInfo> fields, String name) {
        FieldInfo field = fields.get(name);
        return field == null ? 0 : field.quantizer().scale();
    }

    private static double scale(double[] weights) {
        double largest = 0;
        double sum = 0;
        boolean whole = true;
        for (double weight : weights) {
            largest = Math.max(largest, weight);
            sum += weight;
            whole &= weight == Math.rint(weight);
        }
        if (whole && sum <= MAX_WEIGHT_SUM) {
            return 1;
        }
        // Rounding, and raising to 1 what would round to 0, add less than 1 to each weight.
        double least = Math.max(largest / MAX_WEIGHT, sum / (MAX_WEIGHT_SUM - weights.length));
        double power = Math.scalb(1.0, Math.getExponent(least));
        return power < least ? 2 * power : power;
    }

    private static int quantize(double weight, double scale) {
        return weight == 0 ? 0 : Math.max(1, (int) Math.rint(weight / scale));
    }
}
