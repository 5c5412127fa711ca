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
 * the scale is 1. Otherwise the scale is the smallest power of two that gives the largest weight at most 20 bits and
 * keeps the largest possible score, every impact being {@value Limits#MAX_IMPACT}, in 31 bits. The second condition
 * matters for queries of more than 8 tokens of nearly equal weight: 18 bits are left at 32 tokens, 12 at 2,000, 10 at
 * {@value Searcher#MAX_QUERY_TOKENS}. With a power of two every product and sum of scaled integers is exact in a
 * double, in any order.
 *
 * @param terms the distinct tokens of each field, in the query's order
 * @param scale what one step of an integer score stands for
 */
record QueryPlan(List<Term> terms, double scale) {
    /** Keeps the largest possible score below 2^31. */
    static final int MAX_WEIGHT_SUM = Integer.MAX_VALUE / Limits.MAX_IMPACT;

    private static final int MAX_WEIGHT = (1 << 20) - 1;

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
        List<SparseQuery.Clause> clauses = query.clauses();
        return sharesField(clauses) ? merged(clauses, fields) : distinct(clauses, fields);
    }

    private static boolean sharesField(List<SparseQuery.Clause> clauses) {
        for (int i = 1; i < clauses.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (clauses.get(i).field().equals(clauses.get(j).field())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The plan where no two clauses can have a term in common, as a vector has every token once. */
    private static QueryPlan distinct(List<SparseQuery.Clause> clauses, Map<String, FieldInfo> fields) {
        int size = 0;
        for (SparseQuery.Clause clause : clauses) {
            size += clause.vector().size();
        }
        double[] weights = new double[size];
        int next = 0;
        for (SparseQuery.Clause clause : clauses) {
            SparseVector vector = clause.vector();
            float fieldScale = fieldScale(fields, clause.field());
            for (int i = 0; i < vector.size(); i++) {
                weights[next++] = (double) clause.boost() * vector.weight(i) * fieldScale;
            }
        }
        double scale = scale(weights);
        Term[] terms = new Term[size];
        next = 0;
        for (SparseQuery.Clause clause : clauses) {
            float fieldScale = fieldScale(fields, clause.field());
            for (int i = 0; i < clause.vector().size(); i++, next++) {
                int weight = quantize(weights[next], scale);
                terms[next] = new Term(clause.field(), clause.vector().token(i), fieldScale, weight);
            }
        }
        return new QueryPlan(List.of(terms), scale);
    }

    private static QueryPlan merged(List<SparseQuery.Clause> clauses, Map<String, FieldInfo> fields) {
        Map<Key, Double> weights = new LinkedHashMap<>();
        for (SparseQuery.Clause clause : clauses) {
            SparseVector vector = clause.vector();
            for (int i = 0; i < vector.size(); i++) {
                double weight = (double) clause.boost() * vector.weight(i);
                weights.merge(new Key(clause.field(), vector.token(i)), weight, Double::sum);
            }
        }
        weights.replaceAll((key, weight) -> weight * fieldScale(fields, key.field));
        double scale =
                scale(weights.values().stream().mapToDouble(Double::doubleValue).toArray());
        List<Term> terms = new ArrayList<>(weights.size());
        weights.forEach((key, weight) ->
                terms.add(new Term(key.field, key.token, fieldScale(fields, key.field), quantize(weight, scale))));
        return new QueryPlan(terms, scale);
    }

    /** No document scores more. */
    double largestScore() {
        double sum = 0;
        for (Term term : terms) {
            sum += term.weight();
        }
        return sum * Limits.MAX_IMPACT * scale;
    }

    private static float fieldScale(Map<String, FieldInfo> fields, String name) {
        FieldInfo field = fields.get(name);
        return field == null ? 0 : field.quantizer().scale();
    }

    /** The scale for weights of which those that are 0, having no field, do not count. */
    private static double scale(double[] weights) {
        double largest = 0;
        double sum = 0;
        int count = 0;
        boolean whole = true;
        for (double weight : weights) {
            largest = Math.max(largest, weight);
            sum += weight;
            count += weight > 0 ? 1 : 0;
            whole &= weight == Math.rint(weight);
        }
        if (whole && sum <= MAX_WEIGHT_SUM) {
            return 1;
        }
        // Rounding, and raising to 1 what would round to 0, add less than 1 to each weight.
        double least = Math.max(largest / MAX_WEIGHT, sum / (MAX_WEIGHT_SUM - count));
        double power = Math.scalb(1.0, Math.getExponent(least));
        return power < least ? 2 * power : power;
    }

    private static int quantize(double weight, double scale) {
        return weight == 0 ? 0 : Math.max(1, (int) Math.rint(weight / scale));
    }
}
