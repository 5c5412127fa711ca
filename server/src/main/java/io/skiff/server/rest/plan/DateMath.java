package io.skiff.server.rest.plan;

import io.skiff.server.rest.RestException;
import io.skiff.server.schema.DateFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * Reads moments as queries write them: a date, or {@code now} or {@code DATE||}, each followed by steps such as
 * {@code +1M} and {@code -2h} and roundings such as {@code /d}.
 *
 * @param now one moment for a whole request
 */
record DateMath(Instant now) {
    /** More digits than any step in time that ends within the dates there are. */
    private static final int MAX_DIGITS = 9;

    /**
     * Milliseconds since 1970 UTC.
     *
     * @param latest whether what is left out or rounded away is the latest it may be, rather than the earliest
     * @param zone of dates without one, and of the days that are rounded to
     * @throws RestException if the text is no date
     */
    long millis(String text, DateFormat format, ZoneId zone, boolean latest) {
        try {
            if (text.startsWith("now")) {
                return calculate(text, "now".length(), now, zone, latest);
            }
            int bars = text.indexOf("||");
            if (bars < 0) {
                return format.parseMillis(text, latest, zone);
            }
            Instant start = Instant.ofEpochMilli(format.parseMillis(text.substring(0, bars), false, zone));
            return calculate(text, bars + 2, start, zone, latest);
        } catch (IllegalArgumentException e) {
            throw new RestException(400, "parse_exception", e.getMessage());
        } catch (java.time.DateTimeException | ArithmeticException e) {
            throw new RestException(400, "parse_exception", "[" + text + "] is outside of the dates there are");
        }
    }

    private static long calculate(String text, int from, Instant start, ZoneId zone, boolean latest) {
        ZonedDateTime time = start.atZone(zone);
        int at = from;
        while (at < text.length()) {
            char sign = text.charAt(at++);
            if (sign != '/' && sign != '+' && sign != '-') {
                throw new IllegalArgumentException("operator not supported for date math [" + text + "]");
            }
            int digits = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                throw new IllegalArgumentException("truncated date math [" + text + "]");
            }
            if (at - digits > MAX_DIGITS) {
                throw new IllegalArgumentException("number too long in date math [" + text + "]");
            }
            int number = at == digits ? 1 : Integer.parseInt(text, digits, at, 10);
            char unit = text.charAt(at++);
            if (sign != '/') {
                time = time.plus(sign == '+' ? number : -number, unit(unit, text));
            } else if (number != 1) {
                throw new IllegalArgumentException("rounding `/` can only be used on single unit types [" + text + "]");
            } else {
                time = rounded(time, unit, text);
                time = latest ? time.plus(1, unit(unit, text)).minus(1, ChronoUnit.MILLIS) : time;
            }
        }
        return time.toInstant().toEpochMilli();
    }

    private static ChronoUnit unit(char unit, String text) {
        return switch (unit) {
            case 'y' -> ChronoUnit.YEARS;
            case 'M' -> ChronoUnit.MONTHS;
            case 'w' -> ChronoUnit.WEEKS;
            case 'd' -> ChronoUnit.DAYS;
            case 'h', 'H' -> ChronoUnit.HOURS;
            case 'm' -> ChronoUnit.MINUTES;
            case 's' -> ChronoUnit.SECONDS;
            default ->
                throw new IllegalArgumentException("unit [" + unit + "] not supported for date math [" + text + "]");
        };
    }

    private static ZonedDateTime rounded(ZonedDateTime time, char unit, String text) {
        ZonedDateTime day = time.with(LocalTime.MIDNIGHT);
        return switch (unit) {
            case 'y' -> day.withDayOfYear(1);
            case 'M' -> day.withDayOfMonth(1);
            case 'w' -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            default -> time.truncatedTo(unit(unit, text));
        };
    }
}
