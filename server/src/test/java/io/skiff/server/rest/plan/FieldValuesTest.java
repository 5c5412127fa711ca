package io.skiff.server.rest.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.columns.ColumnValue;
import io.skiff.index.columns.Filter;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.Query;
import io.skiff.server.schema.DateFormat;
import io.skiff.server.schema.FieldType;
import io.skiff.server.schema.NumberKind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FieldValuesTest {
    private static final FieldType INTEGER = new FieldType.NumberType(NumberKind.INTEGER, true);
    private static final FieldType FLOAT = new FieldType.NumberType(NumberKind.FLOAT, true);
    private static final FieldType BOOLEAN = new FieldType.BooleanType();
    private static final FieldType KEYWORD = new FieldType.KeywordType(FieldType.KeywordType.UNLIMITED);
    private static final FieldType DATE = new FieldType.DateType(DateFormat.DEFAULT);
    private static final FieldValues VALUES = new FieldValues(new DateMath(Instant.parse("2024-02-29T12:00:00Z")));

    private static DocumentSet anyOf(FieldType type, String... values) {
        return VALUES.anyOf("f", type, List.of(values));
    }

    private static DocumentSet columns(ColumnValue... values) {
        return new DocumentSet.Columns(new Filter.AnyOf("f", List.of(values)));
    }

    private static DocumentSet range(FieldType type, String lower, boolean withLower, String upper, boolean withUpper) {
        return range(type, lower, withLower, upper, withUpper, Optional.empty());
    }

    private static DocumentSet range(
            FieldType type, String lower, boolean withLower, String upper, boolean withUpper, Optional<ZoneId> zone) {
        return VALUES.range(
                type,
                new Query.Range(
                        "f",
                        Optional.ofNullable(lower).map(value -> new Query.Bound(value, withLower)),
                        Optional.ofNullable(upper).map(value -> new Query.Bound(value, withUpper)),
                        Optional.empty(),
                        zone,
                        1));
    }

    private static DocumentSet wholes(Long least, Long largest) {
        return between(
                Optional.ofNullable(least).map(value -> new Filter.Bound(new ColumnValue.Whole(value), true)),
                Optional.ofNullable(largest).map(value -> new Filter.Bound(new ColumnValue.Whole(value), true)));
    }

    private static DocumentSet between(Optional<Filter.Bound> lower, Optional<Filter.Bound> upper) {
        return new DocumentSet.Columns(new Filter.Range("f", lower, upper));
    }

    @Test
    void valuesAreOfTheFieldsType() {
        assertEquals(columns(new ColumnValue.Whole(7), new ColumnValue.Whole(-2)), anyOf(INTEGER, "7.0", "-2", "2.5"));
        assertEquals(DocumentSet.nothing(), anyOf(INTEGER, "2.5", "1e30"));
        assertEquals(columns(new ColumnValue.Real(0.1f)), anyOf(FLOAT, "0.1"));
        assertEquals(columns(new ColumnValue.Whole(1), new ColumnValue.Whole(0)), anyOf(BOOLEAN, "true", "false"));
        assertEquals(columns(new ColumnValue.Keyword("7.0")), anyOf(KEYWORD, "7.0"));
        assertEquals(DocumentSet.nothing(), anyOf(KEYWORD, "x".repeat(ColumnValue.MAX_KEYWORD_BYTES + 1)));
        assertEquals(DocumentSet.nothing(), anyOf(KEYWORD));
    }

    @Test
    void aDayStandsForEachOfItsMoments() {
        long day = Instant.parse("2014-11-18T00:00:00Z").toEpochMilli();
        assertEquals(wholes(day, day + 86_399_999), anyOf(DATE, "2014-11-18"));
        assertEquals(wholes(day, day), anyOf(DATE, Long.toString(day)));
    }

    @Test
    void boundsOfWholeNumbersAreRoundedInwards() {
        assertEquals(wholes(6L, 8L), range(INTEGER, "5.5", true, "8.5", false));
        assertEquals(wholes(6L, 7L), range(INTEGER, "5", false, "8", false));
        assertEquals(wholes(5L, 8L), range(INTEGER, "5.0", true, "8", true));
        assertEquals(wholes(-5L, null), range(INTEGER, "-5.5", false, null, false));
        assertEquals(wholes(null, null), range(INTEGER, "-1e40", true, "1e40", true));
        assertEquals(DocumentSet.nothing(), range(INTEGER, "1e40", true, null, true));
        assertEquals(DocumentSet.nothing(), range(INTEGER, "9223372036854775807", false, null, true));
        assertEquals(DocumentSet.nothing(), range(INTEGER, null, true, "-1e40", true));
    }

    @Test
    void boundsOfOtherTypesAreTakenAsTheyAre() {
        assertEquals(
                between(
                        Optional.of(new Filter.Bound(new ColumnValue.Real(0.1f), false)),
                        Optional.of(new Filter.Bound(new ColumnValue.Real(Double.POSITIVE_INFINITY), true))),
                range(FLOAT, "0.1", false, "1e300", true));
        assertEquals(
                between(
                        Optional.of(new Filter.Bound(new ColumnValue.Keyword("a"), true)),
                        Optional.of(new Filter.Bound(new ColumnValue.Keyword("b"), false))),
                range(KEYWORD, "a", true, "b", false));
        assertEquals(
                between(Optional.of(new Filter.Bound(new ColumnValue.Whole(1), true)), Optional.empty()),
                range(BOOLEAN, "true", true, null, true));
    }

    @Test
    void boundsOfDatesAreRoundedAsTheirSideSays() {
        long day = Instant.parse("2014-11-18T00:00:00Z").toEpochMilli();
        long next = day + 86_400_000;
        assertEquals(wholes(day, next - 1), range(DATE, "2014-11-18", true, "2014-11-18", true));
        assertEquals(wholes(next, day - 1), range(DATE, "2014-11-18", false, "2014-11-18", false));
        long tokyo = day - 9 * 3_600_000;
        assertEquals(
                wholes(tokyo, null), range(DATE, "2014-11-18", true, null, true, Optional.of(ZoneId.of("+09:00"))));
        long today = Instant.parse("2024-02-29T00:00:00Z").toEpochMilli();
        assertEquals(wholes(today, null), range(DATE, "now/d", true, null, true));
    }

    @Test
    void whatCannotBeIsRefusedWithTheFieldsName() {
        assertRefused("\"abc\"", () -> anyOf(INTEGER, "abc"));
        assertRefused("[maybe]", () -> anyOf(BOOLEAN, "maybe"));
        assertRefused("[f]", () -> range(INTEGER, "abc", true, null, true));
        assertRefused("[time_zone]", () -> range(INTEGER, "1", true, null, true, Optional.of(ZoneId.of("+01:00"))));
        assertRefused("failed to parse date field [abc]", () -> range(DATE, "abc", true, null, true));
    }

    private static void assertRefused(String reason, org.junit.jupiter.api.function.Executable query) {
        RestException failure = assertThrows(RestException.class, query);
        assertEquals(400, failure.status());
        assertTrue(failure.getMessage().contains(reason), failure.getMessage());
    }
}
