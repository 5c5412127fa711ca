package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SourceFilterTest {
    private static final String SOURCE =
            "{\"title\":\"t\",\"text\":\"x\",\"meta\":{\"lang\":\"en\",\"year\":1999},\"tags\":[\"a\",\"b\"],\"empty\":{}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "title | | {\"title\":\"t\"}",
                "t* | text | {\"title\":\"t\",\"tags\":[\"a\",\"b\"]}",
                "meta | | {\"meta\":{\"lang\":\"en\",\"year\":1999}}",
                "meta.lang | | {\"meta\":{\"lang\":\"en\"}}",
                "*.year | | {\"meta\":{\"year\":1999}}",
                "meta | meta.year | {\"meta\":{\"lang\":\"en\"}}",
                " | t*,empty,meta.l* | {\"meta\":{\"year\":1999}}",
                "nowhere | | {}",
                " | * | {}"
            })
    void filters(String includes, String excludes, String expected) {
        SourceFilter filter = SourceFilter.of(names(includes), names(excludes));
        assertEquals(
                new JsonMapper().readTree(expected),
                new JsonMapper()
                        .readTree(
                                Json.write(false, json -> filter.copy(SOURCE.getBytes(StandardCharsets.UTF_8), json))),
                filter.toString());
    }

    private static List<String> names(String list) {
        return list == null ? List.of() : Arrays.asList(list.split(","));
    }
}
