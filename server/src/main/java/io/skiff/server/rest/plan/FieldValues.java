package io.skiff.server.rest.plan;

import io.skiff.index.columns.ColumnValue;
import io.skiff.index.columns.Filter;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.Query;
import io.skiff.server.schema.BooleanValue;
import io.skiff.server.schema.DateFormat;
import io.skiff.server.schema.FieldType;
import io.skiff.server.schema.NumberKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the values of queries on fields with columns into filters, by the types of the fields. */
final class FieldValues {
    private final DateMath dates;

    FieldValues(DateMath dates) {
        this.dates = dates;
    }

    /** Documents with one of some values. */
    DocumentSet anyOf(String field, FieldType type, List<String> values) {
        if (type instanceof FieldType.DateType(DateFormat format)) {
            // A date that is a whole day, or month, stands for each moment of it.
            return DocumentSet.atLeast(
                    1,
                    values.stream()
                            .map(value -> moments(field, format, ZoneOffset.UTC, bound(value), bound(value)))
                            .toList());
        }
        List<ColumnValue> wanted = new ArrayList<>();
        for (String value : values) {
            value(field, type, value).ifPresent(wanted::add);
        }
        return wanted.isEmpty() ? DocumentSet.nothing() : new DocumentSet.Columns(new Filter.AnyOf(field, wanted));
    }

    private static Optional<Query.Bound> bound(String value) {
        return Optional.of(new Query.Bound(value, true));
    }

    /** The value that a text stands for; empty if no document can have it. */
    private static Optional<ColumnValue> value(String field, FieldType type, String text) {
        return switch (type) {
            case FieldType.NumberType(NumberKind kind, boolean coerce) -> number(field, kind, text);
            case FieldType.BooleanType bool -> Optional.of(new ColumnValue.Whole(truth(field, text)));
            default ->
                text.getBytes(StandardCharsets.UTF_8).length > ColumnValue.MAX_KEYWORD_BYTES
                        ? Optional.empty()
                        : Optional.of(new ColumnValue.Keyword(text));
        };
    }

    private static Optional<ColumnValue> number(String field, NumberKind kind, String text) {
        BigDecimal number = decimal(field, kind, text);
        if (!kind.isWhole()) {
            return Optional.of(new ColumnValue.Real(real(kind, number)));
        }
        try {
            return Optional.of(new ColumnValue.Whole(number.longValueExact()));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static double real(NumberKind kind, BigDecimal number) {
        return kind == NumberKind.FLOAT ? number.floatValue() : number.doubleValue();
    }

    private static long truth(String field, String text) {
        try {
            return BooleanValue.parse(text) ? 1 : 0;
        } catch (IllegalArgumentException e) {
            throw unreadable(field, "boolean", e);
        }
    }

    private static BigDecimal decimal(String field, NumberKind kind, String text) {
        try {
            return NumberKind.decimal(text);
        } catch (NumberFormatException e) {
            throw unreadable(field, kind.mappingName(), e);
        }
    }

    private static RestException unreadable(String field, String type, IllegalArgumentException e) {
        String cause = e instanceof NumberFormatException ? "number_format_exception" : "illegal_argument_exception";
        return new RestException(
                        400,
                        "query_shard_exception",
                        "failed to create query: field [" + field + "] of type [" + type + "]: " + e.getMessage())
                .causedBy(cause, e.getMessage());
    }

    /** Documents with a value in a range. */
    DocumentSet range(FieldType type, Query.Range range) {
        String field = range.field();
        if (!(type instanceof FieldType.DateType)
                && (range.format().isPresent() || range.zone().isPresent())) {
            throw RestException.illegalArgument("Field [" + field + "] of type [" + type.name()
                    + "] does not support [format] and [time_zone] in [range], dates do");
        }
        return switch (type) {
            case FieldType.DateType(DateFormat format) ->
                moments(
                        field,
                        range.format().map(FieldValues::format).orElse(format),
                        range.zone().orElse(ZoneOffset.UTC),
                        range.lower(),
                        range.upper());
            case FieldType.NumberType(NumberKind kind, boolean coerce)
            when kind.isWhole() ->
                wholes(
                        field,
                        range.lower().map(bound -> least(decimal(field, kind, bound.value()), bound.inclusive())),
                        range.upper().map(bound -> largest(decimal(field, kind, bound.value()), bound.inclusive())));
            case FieldType.NumberType(NumberKind kind, boolean coerce) ->
                between(
                        field,
                        range.lower().map(bound -> realBound(field, kind, bound)),
                        range.upper().map(bound -> realBound(field, kind, bound)));
            default ->
                between(
                        field,
                        range.lower().map(bound -> exactBound(field, type, bound)),
                        range.upper().map(bound -> exactBound(field, type, bound)));
        };
    }

    private static DateFormat format(String pattern) {
        try {
            return DateFormat.of(pattern);
        } catch (IllegalArgumentException e) {
            throw RestException.illegalArgument(e.getMessage());
        }
    }

    private DocumentSet moments(
            String field, DateFormat format, ZoneId zone, Optional<Query.Bound> lower, Optional<Query.Bound> upper) {
        return wholes(
                field,
                lower.map(bound -> BigInteger.valueOf(dates.millis(bound.value(), format, zone, !bound.inclusive()))
                        .add(bound.inclusive() ? BigInteger.ZERO : BigInteger.ONE)),
                upper.map(bound -> BigInteger.valueOf(dates.millis(bound.value(), format, zone, bound.inclusive()))
                        .subtract(bound.inclusive() ? BigInteger.ZERO : BigInteger.ONE)));
    }

    private static BigInteger least(BigDecimal bound, boolean inclusive) {
        BigInteger least = bound.setScale(0, RoundingMode.CEILING).toBigIntegerExact();
        boolean excluded = !inclusive && bound.compareTo(new BigDecimal(least)) == 0;
        return excluded ? least.add(BigInteger.ONE) : least;
    }

    private static BigInteger largest(BigDecimal bound, boolean inclusive) {
        BigInteger largest = bound.setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
        boolean excluded = !inclusive && bound.compareTo(new BigDecimal(largest)) == 0;
        return excluded ? largest.subtract(BigInteger.ONE) : largest;
    }

    private static DocumentSet wholes(String field, Optional<BigInteger> least, Optional<BigInteger> largest) {
        boolean tooLarge = least.isPresent() && least.get().compareTo(BigInteger.valueOf(Long.MAX_VALUE)) > 0;
        boolean tooSmall = largest.isPresent() && largest.get().compareTo(BigInteger.valueOf(Long.MIN_VALUE)) < 0;
        if (tooLarge || tooSmall) {
            return DocumentSet.nothing();
        }
        // A bound beyond all longs on its own side bounds nothing.
        return between(field, least.flatMap(FieldValues::wholeBound), largest.flatMap(FieldValues::wholeBound));
    }

    private static Optional<Filter.Bound> wholeBound(BigInteger bound) {
        return bound.bitLength() < Long.SIZE
                ? Optional.of(new Filter.Bound(new ColumnValue.Whole(bound.longValueExact()), true))
                : Optional.empty();
    }

    private static Filter.Bound realBound(String field, NumberKind kind, Query.Bound bound) {
        double value = real(kind, decimal(field, kind, bound.value()));
        return new Filter.Bound(new ColumnValue.Real(value), bound.inclusive());
    }

    private static Filter.Bound exactBound(String field, FieldType type, Query.Bound bound) {
        ColumnValue value = type instanceof FieldType.BooleanType
                ? new ColumnValue.Whole(truth(field, bound.value()))
                : new ColumnValue.Keyword(bound.value());
        return new Filter.Bound(value, bound.inclusive());
    }

    private static DocumentSet between(String field, Optional<Filter.Bound> lower, Optional<Filter.Bound> upper) {
        return new DocumentSet.Columns(new Filter.Range(field, lower, upper));
    }
}
