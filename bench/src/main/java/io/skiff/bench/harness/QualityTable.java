package io.skiff.bench.harness;

import io.skiff.bench.quality.Comparison;
import io.skiff.bench.quality.Evaluation;
import io.skiff.bench.quality.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of the table: each collection by each configuration, and with several collections each configuration over
 * all of them.
 *
 * @param metrics the columns of quality
 * @param rows in the order of collections, then of configurations
 */
record QualityTable(List<Metric> metrics, List<Row> rows) {
    /** What stands for a collection in the rows over all of them. */
    static final String ALL = "all";

    /**
     * A row.
     *
     * @param collection its name, or {@value #ALL}
     * @param configuration its name
     * @param queryCount judged queries, of all collections in a row over all
     * @param values one per metric: the mean over a collection's queries, in a row over all the mean of those
     * @param comparison with the baseline by the first metric, in a row over all on the queries of all collections;
     *     empty for the baseline itself
     * @param latency times; in a row over all none but the mean of the means
     */
    record Row(
            String collection,
            String configuration,
            int queryCount,
            double[] values,
            Optional<Comparison> comparison,
            QualityResult.Latency latency) {}

    /**
     * The table of some results.
     *
     * @param results of every collection in turn, each with all configurations in one order; the first is the baseline
     * @param configurationCount how many that are
     */
    static QualityTable of(List<QualityResult> results, int configurationCount) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            QualityResult result = results.get(i);
            int baseline = i - i % configurationCount;
            rows.add(row(
                    result.collection(),
                    result.evaluation(),
                    means(result.evaluation()),
                    i == baseline
                            ? Optional.empty()
                            : Optional.of(results.get(baseline).evaluation()),
                    result.latency()));
        }
        int collectionCount = results.size() / configurationCount;
        if (collectionCount > 1) {
            Evaluation baseline = pooled(ofConfiguration(results, 0, configurationCount));
            for (int c = 0; c < configurationCount; c++) {
                List<QualityResult> own = ofConfiguration(results, c, configurationCount);
                double latency = own.stream()
                        .mapToDouble(result -> result.latency().meanMicros())
                        .average()
                        .orElseThrow();
                rows.add(row(
                        ALL,
                        pooled(own),
                        averages(own),
                        c == 0 ? Optional.empty() : Optional.of(baseline),
                        new QualityResult.Latency(latency, Double.NaN, Double.NaN, Double.NaN)));
            }
        }
        return new QualityTable(results.getFirst().evaluation().metrics(), rows);
    }

    private static Row row(
            String collection,
            Evaluation evaluation,
            double[] values,
            Optional<Evaluation> baseline,
            QualityResult.Latency latency) {
        return new Row(
                collection,
                evaluation.run(),
                evaluation.values().size(),
                values,
                baseline.map(first -> Comparison.of(first, evaluation, 0)),
                latency);
    }

    private static List<QualityResult> ofConfiguration(List<QualityResult> results, int c, int configurationCount) {
        List<QualityResult> own = new ArrayList<>();
        for (int i = c; i < results.size(); i += configurationCount) {
            own.add(results.get(i));
        }
        return own;
    }

    /** All queries of all collections, for the paired test. */
    private static Evaluation pooled(List<QualityResult> results) {
        NavigableMap<String, double[]> values = new TreeMap<>();
        for (QualityResult result : results) {
            result.evaluation()
                    .values()
                    .forEach((query, value) -> values.put(result.collection() + "\t" + query, value));
        }
        Evaluation first = results.getFirst().evaluation();
        return new Evaluation(first.run(), first.metrics(), values);
    }

    private static double[] means(Evaluation evaluation) {
        double[] means = new double[evaluation.metrics().size()];
        for (int i = 0; i < means.length; i++) {
            means[i] = evaluation.summary(i);
        }
        return means;
    }

    /** Every collection counts alike, however many queries it has. */
    private static double[] averages(List<QualityResult> results) {
        double[] sums = new double[results.getFirst().evaluation().metrics().size()];
        for (QualityResult result : results) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += result.evaluation().summary(i) / results.size();
            }
        }
        return sums;
    }

    /** The rows of one collection. */
    List<Row> rowsOf(String collection) {
        return rows.stream().filter(row -> row.collection().equals(collection)).toList();
    }

    /** The collections, {@value #ALL} last where it is there. */
    List<String> collections() {
        return rows.stream().map(Row::collection).distinct().toList();
    }

    /** The configurations, the baseline first. */
    List<String> configurations() {
        return rows.stream().map(Row::configuration).distinct().toList();
    }
}
