package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true",
                "text/html | true",
                "*/* | false",
                "application/json | false",
                "application/json, text/html;q=0.5 | false",
                "application/json;q=0.5, text/html | true",
                "text/html;q=0 | false",
                "text/html;q=x | false",
                "application/vnd.elasticsearch+json; compatible-with=9,text/plain | false"
            })
    void knowsABrowserByWhatItPrefers(String accept, boolean html) {
        Request request = new Request(
                "GET", "/", List.of(), Map.of(), Map.of("accept", accept), new byte[0], Map.of(), new Cancellation());
        assertEquals(html, MediaTypes.prefersHtml(request));
    }

    @Test
    void answersInTheVersionedTypeThatTheClientAccepts() {
        assertEquals(
                "application/vnd.elasticsearch+json;compatible-with=9",
                MediaTypes.jsonFor(Optional.of("application/vnd.elasticsearch+json; compatible-with=9")));
        assertEquals(
                "application/vnd.elasticsearch+json;compatible-with=8",
                MediaTypes.jsonFor(Optional.of("application/vnd.elasticsearch+json;compatible-with=8,text/plain")));
        assertEquals("application/json", MediaTypes.jsonFor(Optional.of("application/json")));
        assertEquals("application/json", MediaTypes.jsonFor(Optional.empty()));
    }
}
