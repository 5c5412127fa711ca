package io.skiff.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "ScheduledExecutorService, scheduled executor service",
        "java.util.concurrent, java util concurrent",
        "URLConnection, url connection",
        "parseURL, parse url",
        "MAX_VALUE, max value",
        "Inet4Address, inet4 address",
        "toISO8601String, to iso8601 string",
        "'Map.Entry<K, V>[]', map entry k v",
        "éclairÜber, éclair über",
        "'', ''",
        "'...', ''",
    })
    void splitsNamesIntoWords(String names, String words) {
        assertEquals(words, Words.ofNames(names));
    }
}
