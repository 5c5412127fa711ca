package io.skiff.server.rest.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinimumShouldMatchTest {
    /** The examples of Elasticsearch's documentation, and the edges. */
    @ParameterizedTest
    @CsvSource({
        "3, 5, 3",
        "3, 2, 3",
        "-2, 5, 3",
        "-9, 5, 0",
        "75%, 4, 3",
        "75%, 5, 3",
        "-25%, 4, 3",
        "-25%, 5, 4",
        "3<90%, 3, 3",
        "3<90%, 10, 9",
        "2<-25% 9<-3, 2, 2",
        "2<-25% 9<-3, 4, 3",
        "2<-25% 9<-3, 9, 7",
        "2<-25% 9<-3, 10, 7",
        "2 < -25%, 4, 3",
        "100%, 0, 0",
    })
    void counts(String text, int clauses, int expected) {
        assertEquals(expected, MinimumShouldMatch.parse(text).of(clauses));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two", "1.5", "<3", "3<", "3<x", "3<2 x", "99999999999"})
    void refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> MinimumShouldMatch.parse(text));
    }
}
