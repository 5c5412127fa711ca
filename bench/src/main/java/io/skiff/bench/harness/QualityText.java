package io.skiff.bench.harness;

import io.skiff.bench.harness.QualityTable.Row;
import io.skiff.bench.quality.Comparison;
import io.skiff.bench.quality.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Writes the table: as Markdown for people, as CSV for programs. */
final class QualityText {
    private static final String NO_VALUE = "-";

    private QualityText() {}

    /** To three decimals, the best of each collection in bold. */
    static String toMarkdown(QualityTable table) {
        StringBuilder text = new StringBuilder("| collection | configuration |");
        table.metrics().forEach(metric -> text.append(' ').append(metric).append(" |"));
        text.append(" wins / draws / losses | p | mean µs | p50 µs | p99 µs |\n");
        text.append("|---|---|")
                .append("---|".repeat(table.metrics().size() + 5))
                .append('\n');
        for (Row row : table.rows()) {
            text.append("| ").append(row.collection()).append(" | ").append(row.configuration());
            for (int i = 0; i < table.metrics().size(); i++) {
                String value = shown(table.metrics().get(i), row.values()[i]);
                boolean best = value.equals(best(table, row.collection(), i));
                text.append(" | ").append(best ? "**" + value + "**" : value);
            }
            text.append(" | ").append(row.comparison().map(QualityText::counts).orElse(NO_VALUE));
            text.append(" | ")
                    .append(row.comparison().map(QualityText::probability).orElse(NO_VALUE));
            QualityResult.Latency latency = row.latency();
            for (double micros : new double[] {latency.meanMicros(), latency.p50Micros(), latency.p99Micros()}) {
                text.append(" | ")
                        .append(Double.isNaN(micros) ? NO_VALUE : String.format(Locale.ROOT, "%,.0f", micros));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String shown(Metric metric, double value) {
        if (Double.isNaN(value)) {
            return NO_VALUE;
        }
        return metric.isCount() ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String best(QualityTable table, String collection, int metric) {
        double best = table.rowsOf(collection).stream()
                .mapToDouble(row -> row.values()[metric])
                .max()
                .orElse(Double.NaN);
        return shown(table.metrics().get(metric), best);
    }

    private static String counts(Comparison comparison) {
        return comparison.wins() + " / " + comparison.ties() + " / " + comparison.losses();
    }

    private static String probability(Comparison comparison) {
        double p = comparison.randomization();
        if (Double.isNaN(p)) {
            return NO_VALUE;
        }
        return p < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }

    /** One line a row, numbers in full, empty where there is none. */
    static String toCsv(QualityTable table) {
        List<String> lines = new ArrayList<>();
        StringJoiner header = new StringJoiner(",");
        header.add("collection").add("configuration").add("queries");
        table.metrics().forEach(metric -> header.add(metric.toString()));
        header.add("wins").add("draws").add("losses").add("p");
        header.add("mean_us").add("p50_us").add("p95_us").add("p99_us");
        lines.add(header.toString());
        for (Row row : table.rows()) {
            StringJoiner line = new StringJoiner(",");
            line.add(quoted(row.collection())).add(quoted(row.configuration())).add(Integer.toString(row.queryCount()));
            for (double value : row.values()) {
                line.add(number(value, "%.6f"));
            }
            if (row.comparison().isPresent()) {
                Comparison comparison = row.comparison().get();
                line.add(Integer.toString(comparison.wins()))
                        .add(Integer.toString(comparison.ties()))
                        .add(Integer.toString(comparison.losses()))
                        .add(number(comparison.randomization(), "%.6f"));
            } else {
                line.add("").add("").add("").add("");
            }
            QualityResult.Latency latency = row.latency();
            line.add(number(latency.meanMicros(), "%.1f"))
                    .add(number(latency.p50Micros(), "%.1f"))
                    .add(number(latency.p95Micros(), "%.1f"))
                    .add(number(latency.p99Micros(), "%.1f"));
            lines.add(line.toString());
        }
        return String.join("\n", lines) + "\n";
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    /** A folder may have any name. */
    private static String quoted(String value) {
        return value.matches("[^,\"\r\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
