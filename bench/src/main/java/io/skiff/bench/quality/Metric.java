package io.skiff.bench.quality;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A measure and how deep it looks.
 *
 * @param measure what is measured
 * @param depth the number of documents that count, 1 or more; {@value #ALL} for all
 */
public record Metric(Measure measure, int depth) {
    static final int ALL = Integer.MAX_VALUE;

    private static final Pattern SYNTAX = Pattern.compile("(?<name>[a-z_]+?)(?:(?:_cut)?[@_.](?<depth>[0-9]+))?");

    /** What others call the same. */
    private static final Map<String, Measure> ALIASES = Map.of(
            "recip_rank", Measure.MRR,
            "rr", Measure.MRR,
            "ap", Measure.MAP,
            "r", Measure.RECALL,
            "set_recall", Measure.RECALL,
            "precision", Measure.PRECISION,
            "hit", Measure.SUCCESS);

    /**
     * The metric of a name such as {@code ndcg@10}, {@code map} or trec_eval's {@code ndcg_cut_10} and {@code P_5}, in
     * whatever case.
     *
     * @throws IllegalArgumentException if there is none of that name, or it lacks a cutoff or has one too many
     */
    public static Metric parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        Measure measure = matcher.matches() ? measure(matcher.group("name")) : null;
        if (measure == null) {
            throw new IllegalArgumentException("there is no metric '" + text + "', there are " + names());
        }
        String depth = matcher.group("depth");
        if (depth == null) {
            if (measure.cutoff() == Measure.Cutoff.REQUIRED) {
                throw new IllegalArgumentException(
                        "metric '" + text + "' needs a cutoff, such as " + measure.label() + "@10");
            }
            return new Metric(measure, ALL);
        }
        if (measure.cutoff() == Measure.Cutoff.NONE) {
            throw new IllegalArgumentException("metric '" + text + "' takes no cutoff, write " + measure.label());
        }
        if (depth.length() > 9 || Integer.parseInt(depth) < 1) {
            throw new IllegalArgumentException("metric '" + text + "': the cutoff must be from 1 to 999999999");
        }
        return new Metric(measure, Integer.parseInt(depth));
    }

    private static Measure measure(String name) {
        for (Measure measure : Measure.values()) {
            if (measure.label().equals(name)) {
                return measure;
            }
        }
        return ALIASES.get(name);
    }

    private static String names() {
        return Arrays.stream(Measure.values())
                .map(measure -> switch (measure.cutoff()) {
                    case NONE -> measure.label();
                    case OPTIONAL -> measure.label() + "[@k]";
                    case REQUIRED -> measure.label() + "@k";
                })
                .collect(Collectors.joining(", "));
    }

    /** Whether it is a count, which is summed over the queries and not averaged. */
    public boolean isCount() {
        return measure.isCount();
    }

    double of(JudgedRanking ranking) {
        return measure.of(ranking, depth);
    }

    /** The value to four decimals, or as a whole number where it is a count. */
    String format(double value) {
        return String.format(Locale.ROOT, measure.isCount() ? "%.0f" : "%.4f", value);
    }

    /** The name, such as {@code ndcg@10}, which {@link #parse} reads. */
    @Override
    public String toString() {
        return depth == ALL ? measure.label() : measure.label() + "@" + depth;
    }
}
