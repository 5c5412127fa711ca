package io.skiff.server.rest.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.RestException;
import io.skiff.server.schema.DateFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Moments worked out by hand. */
final class DateMathTest {
    private static final DateMath DATES = new DateMath(Instant.parse("2024-02-29T13:45:56.789Z"));

    private static Instant moment(String text, boolean latest, ZoneId zone) {
        return Instant.ofEpochMilli(DATES.millis(text, DateFormat.DEFAULT, zone, latest));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "now 2024-02-29T13:45:56.789Z 2024-02-29T13:45:56.789Z",
                "now-1d 2024-02-28T13:45:56.789Z 2024-02-28T13:45:56.789Z",
                "now+1y 2025-02-28T13:45:56.789Z 2025-02-28T13:45:56.789Z",
                "now-1M/M 2024-01-01T00:00:00Z 2024-01-31T23:59:59.999Z",
                "now/w 2024-02-26T00:00:00Z 2024-03-03T23:59:59.999Z",
                "now/y 2024-01-01T00:00:00Z 2024-12-31T23:59:59.999Z",
                "now/h 2024-02-29T13:00:00Z 2024-02-29T13:59:59.999Z",
                "now/H+30m 2024-02-29T13:30:00Z 2024-02-29T14:29:59.999Z",
                "now-10s/s 2024-02-29T13:45:46Z 2024-02-29T13:45:46.999Z",
                "2014-11-18||/M 2014-11-01T00:00:00Z 2014-11-30T23:59:59.999Z",
                "2014-11-18||+1M-1w 2014-12-11T00:00:00Z 2014-12-11T00:00:00Z",
                "2014-11 2014-11-01T00:00:00Z 2014-11-30T23:59:59.999Z",
                "2014-11-18T07 2014-11-18T07:00:00Z 2014-11-18T07:59:59.999Z",
                "1416268800000 2014-11-18T00:00:00Z 2014-11-18T00:00:00Z",
            })
    void momentsAreWhatTheySay(String text, Instant earliest, Instant latest) {
        assertEquals(earliest, moment(text, false, ZoneOffset.UTC), text);
        assertEquals(latest, moment(text, true, ZoneOffset.UTC), text);
    }

    @Test
    void zonesMoveDatesAndDays() {
        ZoneId zone = ZoneId.of("Asia/Tokyo");
        assertEquals(Instant.parse("2014-11-17T15:00:00Z"), moment("2014-11-18", false, zone));
        assertEquals(Instant.parse("2014-11-18T00:00:00Z"), moment("2014-11-18T00:00:00Z", false, zone));
        assertEquals(Instant.parse("2024-02-28T15:00:00Z"), moment("now/d", false, zone));
        assertEquals(Instant.parse("2024-02-29T14:59:59.999Z"), moment("now/d", true, zone));
        assertEquals(Instant.parse("2014-11-18T00:00:00Z"), moment("1416268800000", false, zone));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "now*1d | operator not supported",
                "now+ | truncated",
                "now+12 | truncated",
                "now/2d | single unit",
                "now+1q | unit [q]",
                "now+12345678901d | too long",
                "2014-13-01 | failed to parse date field",
                "yesterday | failed to parse date field",
                "now+999999999y | outside of the dates",
            })
    void othersAreRefusedByName(String text, String reason) {
        RestException failure = assertThrows(RestException.class, () -> moment(text, false, ZoneOffset.UTC));
        assertEquals(400, failure.status());
        assertTrue(failure.getMessage().contains(reason), failure.getMessage());
    }
}
