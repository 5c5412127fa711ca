package io.skiff.server.rest;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Elasticsearch writes them: {@code 500ms}, {@code 10s}, {@code 1m}. */
public final class TimeValue {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(nanos|micros|ms|s|m|h|d)");

    private TimeValue() {}

    /**
     * The time that a text stands for; {@code -1} is none, as long as it takes.
     *
     * @param name of the parameter, for the message
     * @throws RestException if it is no time
     */
    public static Duration parse(String name, String text) {
        if (text.equals("-1")) {
            return Duration.ofDays(365_000);
        }
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw RestException.illegalArgument("failed to parse setting [" + name + "] with value [" + text
                    + "] as a time value: unit is missing or unrecognized; expected a number and one of nanos, micros,"
                    + " ms, s, m, h, d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "nanos" -> Duration.ofNanos(number);
            case "micros" -> Duration.ofNanos(number * 1_000);
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
