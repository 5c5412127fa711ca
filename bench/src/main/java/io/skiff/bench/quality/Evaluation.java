package io.skiff.bench.quality;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A run, measured.
 *
 * @param run its name
 * @param metrics what was measured
 * @param values by query, one per metric; not to be changed
 */
public record Evaluation(String run, List<Metric> metrics, NavigableMap<String, double[]> values) {
    /**
     * Measures a run.
     *
     * @param complete whether queries that are judged and not in the run count, with all values 0; trec_eval's default
     *     is that only queries in both count, and that those without any relevant document do count, with 0
     * @param level the lowest grade that counts as relevant, 1 or more; nDCG takes all grades above 0 as gains
     */
    public static Evaluation of(Qrels qrels, Run run, List<Metric> metrics, boolean complete, int level) {
        NavigableMap<String, double[]> values = new TreeMap<>();
        for (Map.Entry<String, Map<String, Integer>> judged : qrels.grades().entrySet()) {
            List<String> documents = run.rankings().get(judged.getKey());
            if (documents == null && !complete) {
                continue;
            }
            JudgedRanking ranking =
                    JudgedRanking.of(judged.getValue(), documents == null ? List.of() : documents, level);
            values.put(
                    judged.getKey(),
                    metrics.stream().mapToDouble(metric -> metric.of(ranking)).toArray());
        }
        return new Evaluation(run.name(), metrics, Collections.unmodifiableNavigableMap(values));
    }

    /** The mean over the queries of the metric at {@code i}, or the sum where it is a count; NaN without queries. */
    public double summary(int i) {
        double sum = values.values().stream().mapToDouble(value -> value[i]).sum();
        return metrics.get(i).measure().isCount() ? sum : sum / values.size();
    }
}
