package io.skiff.server.rest.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of some optional clauses must match, in Elasticsearch's notation: {@code 2}, {@code -1} (all but one),
 * {@code 75%}, {@code -25%}, or one of these from a number of clauses on, {@code 2<-25% 9<-3}.
 *
 * @param text as it was given
 * @param base what holds where no condition does
 * @param conditions by ascending number of clauses
 */
public record MinimumShouldMatch(String text, Part base, List<Condition> conditions) {
    private static final Pattern PART = Pattern.compile("(-?\\d{1,9})(%?)");
    private static final Pattern CONDITION = Pattern.compile("(\\d{1,9})<(-?\\d{1,9}%?)");
    private static final Part ALL = new Part(100, true);

    /** A number of clauses, or a percentage of them; a negative one may be missing. */
    public record Part(int number, boolean percent) {
        int of(int clauses) {
            // Rounded down, and what may be missing is rounded down too.
            int count = percent ? (int) ((long) clauses * number / 100) : number;
            return count < 0 ? clauses + count : count;
        }
    }

    /** Holds where there are more clauses than {@code above}. */
    public record Condition(int above, Part part) {}

    /** Copies the list. */
    public MinimumShouldMatch {
        conditions = List.copyOf(conditions);
    }

    /**
     * Reads the notation.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static MinimumShouldMatch parse(String text) {
        Matcher simple = PART.matcher(text.strip());
        if (simple.matches()) {
            return new MinimumShouldMatch(text, part(simple), List.of());
        }
        List<Condition> conditions = new ArrayList<>();
        for (String word : text.strip().replaceAll("\\s*<\\s*", "<").split("\\s+")) {
            Matcher condition = CONDITION.matcher(word);
            if (!condition.matches()) {
                throw new IllegalArgumentException(
                        "[minimum_should_match] must be like 2, -1, 75%, -25% or 2<-25%, got [" + text + "]");
            }
            Matcher part = PART.matcher(condition.group(2));
            part.matches();
            conditions.add(new Condition(Integer.parseInt(condition.group(1)), part(part)));
        }
        return new MinimumShouldMatch(text, ALL, conditions);
    }

    private static Part part(Matcher matcher) {
        return new Part(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
    }

    /** How many of {@code clauses} must match: 0 to that many, or more where that cannot be. */
    public int of(int clauses) {
        Part part = base;
        for (Condition condition : conditions) {
            if (clauses <= condition.above()) {
                break;
            }
            part = condition.part();
        }
        return Math.max(0, part.of(clauses));
    }
}
