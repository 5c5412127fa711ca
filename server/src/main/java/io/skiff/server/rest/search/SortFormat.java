package io.skiff.server.rest.search;

import io.skiff.index.columns.ColumnType;
import io.skiff.index.columns.ColumnValue;
import io.skiff.server.rest.RestException;
import io.skiff.server.schema.BooleanValue;
import io.skiff.server.schema.DateFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * How the values of a key are written in answers, and read where a search goes on after them.
 *
 * @param type of the values
 * @param single whether numbers have single precision
 * @param dates how dates are read; empty for everything else
 * @param pattern how dates are written; as milliseconds if empty
 */
record SortFormat(ColumnType type, boolean single, Optional<DateFormat> dates, Optional<String> pattern) {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A key that is no date. */
    static SortFormat of(ColumnType type) {
        return new SortFormat(type, false, Optional.empty(), Optional.empty());
    }

    /**
     * The value that a text of a request stands for.
     *
     * @throws RestException if it stands for none
     */
    ColumnValue parse(String what, String text) {
        try {
            return switch (type) {
                case KEYWORD -> new ColumnValue.Keyword(text);
                case WHOLE -> new ColumnValue.Whole(whole(text));
                case REAL -> new ColumnValue.Real(single ? Float.parseFloat(text) : Double.parseDouble(text));
            };
        } catch (IllegalArgumentException e) {
            throw RestException.illegalArgument("Failed to parse " + what + " value [" + text + "]: " + e.getMessage());
        }
    }

    private long whole(String text) {
        if (text.equals("true") || text.equals("false")) {
            return BooleanValue.parse(text) ? 1 : 0;
        }
        boolean digits = !text.isEmpty()
                && text.chars().skip(text.startsWith("-") ? 1 : 0).allMatch(Character::isDigit);
        return pattern.isEmpty() && (digits || dates.isEmpty())
                ? Long.parseLong(text)
                : dates.orElseThrow().parseMillis(text);
    }

    /** Writes a value; infinite numbers as strings, as Elasticsearch does. */
    void write(JsonGenerator json, ColumnValue value) {
        switch (value) {
            case null -> json.writeNull();
            case ColumnValue.Keyword(String text) -> json.writeString(text);
            case ColumnValue.Real(double real)
            when Double.isInfinite(real) -> json.writeString(real > 0 ? "Infinity" : "-Infinity");
            case ColumnValue.Real(double real) when single -> json.writeNumber((float) real);
            case ColumnValue.Real(double real) -> json.writeNumber(real);
            case ColumnValue.Whole(long whole) -> {
                if (pattern.isEmpty() || whole == Long.MAX_VALUE || whole == Long.MIN_VALUE) {
                    json.writeNumber(whole);
                } else {
                    json.writeString(date(pattern.get(), whole));
                }
            }
        }
    }

    private static String date(String pattern, long millis) {
        // Of several formats, the first is the one to write.
        String first = pattern.split("\\|\\|", -1)[0];
        return switch (first) {
            case "epoch_millis" -> Long.toString(millis);
            case "epoch_second" -> Long.toString(Math.floorDiv(millis, 1000));
            case "strict_date_optional_time", "date_optional_time" -> ISO.format(Instant.ofEpochMilli(millis));
            case "strict_date", "date" ->
                DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Instant.ofEpochMilli(millis));
            default ->
                DateTimeFormatter.ofPattern(first, Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.ofEpochMilli(millis));
        };
    }
}
