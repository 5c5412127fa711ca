package io.skiff.server.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFormatTest {
    @ParameterizedTest
    @CsvSource({
        "2026, 2026-01-01T00:00:00Z, 2026-12-31T23:59:59.999Z",
        "2024-02, 2024-02-01T00:00:00Z, 2024-02-29T23:59:59.999Z",
        "2026-11-24, 2026-11-24T00:00:00Z, 2026-11-24T23:59:59.999Z",
        "2026-11-24T, 2026-11-24T00:00:00Z, 2026-11-24T23:59:59.999Z",
        "2026-11-24T13, 2026-11-24T13:00:00Z, 2026-11-24T13:59:59.999Z",
        "2026-11-24T13:14, 2026-11-24T13:14:00Z, 2026-11-24T13:14:59.999Z",
        "2026-11-24T13:14:15, 2026-11-24T13:14:15Z, 2026-11-24T13:14:15.999Z",
        "2026-11-24T13:14:15.1, 2026-11-24T13:14:15.100Z, 2026-11-24T13:14:15.100Z",
        "2026-11-24T13:14:15.123456789Z, 2026-11-24T13:14:15.123Z, 2026-11-24T13:14:15.123Z",
        "2026-11-24T13:14:15+02:00, 2026-11-24T11:14:15Z, 2026-11-24T11:14:15.999Z",
        "2026-11-24T13:14:15+0200, 2026-11-24T11:14:15Z, 2026-11-24T11:14:15.999Z",
        "2026-11-24T13:14:15+02, 2026-11-24T11:14:15Z, 2026-11-24T11:14:15.999Z",
        "1700000000123, 2023-11-14T22:13:20.123Z, 2023-11-14T22:13:20.123Z",
        "-1, 1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
        "0001-01-01, 0001-01-01T00:00:00Z, 0001-01-01T23:59:59.999Z",
    })
    void readsTheDefaultFormats(String text, Instant earliest, Instant latest) {
        assertEquals(earliest.toEpochMilli(), DateFormat.DEFAULT.parseMillis(text));
        assertEquals(latest.toEpochMilli(), DateFormat.DEFAULT.parseMillis(text, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-1-1",
                "2026-13-01",
                "2025-02-29",
                "2026-11-24T25",
                "2026-11-24 13:14",
                "26-01-01",
                "2026-11-24T13:14:15Zx",
                "2026-11-24T13:14:15ZZ",
                "99999999999999999999"
            })
    void refusesWhatIsNoDate(String text) {
        assertEquals(
                "failed to parse date field [" + text + "] with format [strict_date_optional_time||epoch_millis]",
                assertThrows(IllegalArgumentException.class, () -> DateFormat.DEFAULT.parseMillis(text))
                        .getMessage());
    }

    @Test
    void readsPatternsAndTriesThemInTurn() {
        DateFormat format = DateFormat.of("yyyy-MM-dd HH:mm:ss||dd.MM.yyyy||epoch_second");
        assertEquals(Instant.parse("2026-11-24T13:14:15Z").toEpochMilli(), format.parseMillis("2026-11-24 13:14:15"));
        assertEquals(Instant.parse("2026-11-24T00:00:00Z").toEpochMilli(), format.parseMillis("24.11.2026"));
        assertEquals(Instant.parse("2026-11-24T23:59:59.999Z").toEpochMilli(), format.parseMillis("24.11.2026", true));
        assertEquals(1_700_000_000_000L, format.parseMillis("1700000000"));
        assertThrows(IllegalArgumentException.class, () -> DateFormat.of("strict_date_optional_time||"));
        assertThrows(IllegalArgumentException.class, () -> DateFormat.of("bogus pattern"));
        assertEquals(DateFormat.of("yyyy"), DateFormat.of("yyyy"));
    }
}
