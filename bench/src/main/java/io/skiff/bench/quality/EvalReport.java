package io.skiff.bench.quality;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints evaluations: lines per query as trec_eval's, a table of the means, a table for each comparison. */
final class EvalReport {
    private static final String NO_VALUE = "-";

    private final PrintWriter out;

    EvalReport(PrintWriter out) {
        this.out = out;
    }

    /** {@code metric<TAB>qid<TAB>value}, at last for all queries; with several runs the run's name as a fourth column. */
    void printPerQuery(List<Evaluation> evaluations) {
        for (Evaluation evaluation : evaluations) {
            String end = evaluations.size() == 1 ? "" : "\t" + evaluation.run();
            List<Metric> metrics = evaluation.metrics();
            for (Map.Entry<String, double[]> query : evaluation.values().entrySet()) {
                for (int i = 0; i < metrics.size(); i++) {
                    printValue(metrics.get(i), query.getKey(), query.getValue()[i], end);
                }
            }
            for (int i = 0; i < metrics.size(); i++) {
                printValue(metrics.get(i), "all", evaluation.summary(i), end);
            }
        }
        out.println();
    }

    private void printValue(Metric metric, String query, double value, String end) {
        out.println(metric + "\t" + query + "\t" + metric.format(value) + end);
    }

    /** A line for each metric, a column for each run. */
    void printSummary(List<Evaluation> evaluations) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("metric", evaluations.stream().map(Evaluation::run).toList()));
        List<Metric> metrics = evaluations.getFirst().metrics();
        for (int i = 0; i < metrics.size(); i++) {
            int metric = i;
            rows.add(row(
                    metrics.get(i).toString(),
                    evaluations.stream()
                            .map(evaluation -> metrics.get(metric).format(evaluation.summary(metric)))
                            .toList()));
        }
        rows.add(row(
                "queries",
                evaluations.stream()
                        .map(evaluation -> Integer.toString(evaluation.values().size()))
                        .toList()));
        printTable(rows);
    }

    /** How the second run does against the first, by every metric that is not a count. */
    void printComparison(Evaluation baseline, Evaluation other) {
        List<List<String>> rows = new ArrayList<>();
        int queryCount = 0;
        for (int i = 0; i < baseline.metrics().size(); i++) {
            Metric metric = baseline.metrics().get(i);
            if (!metric.measure().isCount()) {
                Comparison comparison = Comparison.of(baseline, other, i);
                queryCount = comparison.queryCount();
                rows.add(comparisonRow(metric, comparison));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        rows.addFirst(List.of("metric", "difference", "wins", "ties", "losses", "p (t-test)", "p (randomization)"));
        out.println();
        out.println(other.run() + " against " + baseline.run() + " on the " + queryCount
                + " queries of both, paired and two-sided:");
        printTable(rows);
    }

    private static List<String> comparisonRow(Metric metric, Comparison comparison) {
        return List.of(
                metric.toString(),
                signed(comparison.other() - comparison.baseline()),
                Integer.toString(comparison.wins()),
                Integer.toString(comparison.ties()),
                Integer.toString(comparison.losses()),
                probability(comparison.tTest()),
                probability(comparison.randomization()));
    }

    private static String signed(double value) {
        return Double.isNaN(value) ? NO_VALUE : String.format(Locale.ROOT, "%+.4f", value);
    }

    private static String probability(double value) {
        if (Double.isNaN(value)) {
            return NO_VALUE;
        }
        return value < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static List<String> row(String first, List<String> others) {
        List<String> row = new ArrayList<>(others);
        row.addFirst(first);
        return row;
    }

    /** The first column to the left, the others to the right, as wide as they need. */
    private void printTable(List<List<String>> rows) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                int column = c;
                int width = rows.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElseThrow();
                String padding = " ".repeat(width - row.get(c).length());
                line.append(c == 0 ? row.get(c) + padding : "  " + padding + row.get(c));
            }
            out.println(line);
        }
    }
}
