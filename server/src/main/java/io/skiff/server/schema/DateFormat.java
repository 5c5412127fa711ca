package io.skiff.server.schema;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How dates are written: one or more of Elasticsearch's formats, tried in turn. Known by name are
 * {@code strict_date_optional_time}, {@code date_optional_time}, {@code strict_date}, {@code date},
 * {@code epoch_millis} and {@code epoch_second}; everything else is a pattern of
 * {@link DateTimeFormatter}, such as {@code yyyy-MM-dd HH:mm:ss}. What a date leaves out is the least it can be, and
 * the zone is UTC.
 */
public final class DateFormat {
    /** Elasticsearch's default. */
    public static final String DEFAULT_PATTERN = "strict_date_optional_time||epoch_millis";

    /** The default format. */
    public static final DateFormat DEFAULT = of(DEFAULT_PATTERN);

    /** Parses, filling in what is left out with the earliest or the latest that it can be. */
    private interface Format {
        Instant parse(String text, boolean latest, ZoneId zone);
    }

    private final String pattern;
    private final List<Format> formats;

    private DateFormat(String pattern, List<Format> formats) {
        this.pattern = pattern;
        this.formats = formats;
    }

    /**
     * The formats of a pattern, {@code ||} between them.
     *
     * @throws IllegalArgumentException if one of them is none
     */
    public static DateFormat of(String pattern) {
        List<Format> formats = new ArrayList<>();
        for (String each : pattern.split("\\|\\|", -1)) {
            formats.add(format(each));
        }
        return new DateFormat(pattern, List.copyOf(formats));
    }

    private static Format format(String name) {
        return switch (name) {
            case "epoch_millis" -> (text, latest, zone) -> Instant.ofEpochMilli(epoch(text, 1));
            case "epoch_second" -> (text, latest, zone) -> Instant.ofEpochMilli(epoch(text, 1000));
            case "strict_date_optional_time" -> written(optionalTime(4));
            case "date_optional_time" -> written(optionalTime(1));
            case "strict_date", "date" -> written(DateTimeFormatter.ISO_LOCAL_DATE);
            default -> custom(name);
        };
    }

    private static long epoch(String text, int factor) {
        try {
            return Math.multiplyExact(Long.parseLong(text), factor);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new DateTimeException("no number of time units", e);
        }
    }

    private static DateTimeFormatter optionalTime(int leastDigits) {
        int digits = leastDigits == 1 ? 1 : 2;
        return new DateTimeFormatterBuilder()
                .appendValue(ChronoField.YEAR, leastDigits, 4, java.time.format.SignStyle.NORMAL)
                .optionalStart()
                .appendLiteral('-')
                .appendValue(ChronoField.MONTH_OF_YEAR, digits, 2, java.time.format.SignStyle.NOT_NEGATIVE)
                .optionalStart()
                .appendLiteral('-')
                .appendValue(ChronoField.DAY_OF_MONTH, digits, 2, java.time.format.SignStyle.NOT_NEGATIVE)
                .optionalStart()
                .appendLiteral('T')
                .optionalStart()
                .appendValue(ChronoField.HOUR_OF_DAY, digits, 2, java.time.format.SignStyle.NOT_NEGATIVE)
                .optionalStart()
                .appendLiteral(':')
                .appendValue(ChronoField.MINUTE_OF_HOUR, digits, 2, java.time.format.SignStyle.NOT_NEGATIVE)
                .optionalStart()
                .appendLiteral(':')
                .appendValue(ChronoField.SECOND_OF_MINUTE, digits, 2, java.time.format.SignStyle.NOT_NEGATIVE)
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .optionalEnd()
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HH:MM", "Z")
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HHMM", "+0000")
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HH", "+00")
                .optionalEnd()
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static Format custom(String pattern) {
        if (pattern.isBlank()) {
            throw new IllegalArgumentException("No date pattern provided");
        }
        try {
            return written(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid format: [" + pattern + "]: " + e.getMessage(), e);
        }
    }

    private static Format written(DateTimeFormatter formatter) {
        return (text, latest, defaultZone) -> {
            TemporalAccessor parsed = formatter.parse(text);
            TemporalAccessor parts = formatter.parseUnresolved(text, new ParsePosition(0));
            ZoneId zone = parsed.query(TemporalQueries.zone());
            return date(parsed, latest)
                    .atTime(time(parsed, parts, latest))
                    .atZone(zone == null ? defaultZone : zone)
                    .toInstant();
        };
    }

    private static LocalDate date(TemporalAccessor parsed, boolean latest) {
        LocalDate whole = parsed.query(TemporalQueries.localDate());
        if (whole != null) {
            return whole;
        }
        int year = part(parsed, ChronoField.YEAR, part(parsed, ChronoField.YEAR_OF_ERA, 1970));
        LocalDate month = LocalDate.of(year, part(parsed, ChronoField.MONTH_OF_YEAR, latest ? 12 : 1), 1);
        return month.withDayOfMonth(part(parsed, ChronoField.DAY_OF_MONTH, latest ? month.lengthOfMonth() : 1));
    }

    private static LocalTime time(TemporalAccessor parsed, TemporalAccessor parts, boolean latest) {
        LocalTime whole = parsed.query(TemporalQueries.localTime());
        LocalTime time =
                whole != null ? whole : LocalTime.of(part(parsed, ChronoField.HOUR_OF_DAY, latest ? 23 : 0), 0);
        if (!latest) {
            return time;
        }
        for (ChronoField field :
                List.of(ChronoField.MINUTE_OF_HOUR, ChronoField.SECOND_OF_MINUTE, ChronoField.NANO_OF_SECOND)) {
            if (!parts.isSupported(field)) {
                time = time.with(field, field.range().getMaximum());
            }
        }
        return time;
    }

    private static int part(TemporalAccessor parsed, ChronoField field, int absent) {
        return parsed.isSupported(field) ? parsed.get(field) : absent;
    }

    /**
     * Milliseconds since 1970 in UTC.
     *
     * @throws IllegalArgumentException if the text is of none of the formats
     */
    public long parseMillis(String text) {
        return parseMillis(text, false);
    }

    /**
     * The same, where what the text leaves out can be the latest it may be: {@code 2026-11} up to its last millisecond.
     *
     * @throws IllegalArgumentException if the text is of none of the formats
     */
    public long parseMillis(String text, boolean latest) {
        return parseMillis(text, latest, ZoneOffset.UTC);
    }

    /**
     * The same, where a text without a zone is of another one than UTC.
     *
     * @throws IllegalArgumentException if the text is of none of the formats
     */
    public long parseMillis(String text, boolean latest, ZoneId zone) {
        RuntimeException last = null;
        for (Format format : formats) {
            try {
                return format.parse(text, latest, zone).toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                last = e;
            }
        }
        throw new IllegalArgumentException(
                "failed to parse date field [" + text + "] with format [" + pattern + "]", last);
    }

    /** As it stands in mappings. */
    public String pattern() {
        return pattern;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DateFormat that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
