package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

class SourceFilterTest {
    private static final JsonMapper MAPPER = new JsonMapper();

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

    @Test
    void whatIsTakenAsBytesIsWhatAParserCopies() {
        long seed = Long.getLong("skiff.seed", 20_261_129L);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String source = object(random, 3);
            SourceFilter filter = SourceFilter.of(patterns(random), patterns(random));
            byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
            String parsed = write(json -> filter.copyParsed(bytes, json));
            String copied = write(json -> filter.copy(bytes, json));
            String what = "-Dskiff.seed=" + seed + ", round " + round + ": " + filter + " of " + source;
            assertEquals(MAPPER.readTree(parsed), MAPPER.readTree(copied), what);
        }
    }

    @Test
    void aSourceThatIsCutIsNotTaken() {
        byte[] source = SOURCE.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < source.length; length++) {
            byte[] cut = Arrays.copyOf(source, length);
            assertTrue(SourceSlices.of(cut, (name, isContainer) -> SourceSlices.Choice.KEEP)
                    .isEmpty());
        }
        for (String bad : List.of("[1]", "7", SOURCE + "x", "{\"a\"}", "{\"a\":1 2}", "{a:1}", "{,}", "{\"a\":1,}")) {
            assertTrue(
                    SourceSlices.of(
                                    bad.getBytes(StandardCharsets.UTF_8),
                                    (name, isContainer) -> SourceSlices.Choice.KEEP)
                            .isEmpty(),
                    bad);
        }
        assertSame(
                source,
                SourceSlices.of(source, (name, isContainer) -> SourceSlices.Choice.KEEP)
                        .orElseThrow());
    }

    private static String write(Consumer<JsonGenerator> body) {
        return new String(Json.write(false, body), StandardCharsets.UTF_8);
    }

    private static List<String> patterns(Random random) {
        return random.ints(random.nextInt(3), 0, 8)
                .mapToObj(i -> List.of("a", "b", "a.b", "b*", "*a", "a.*", "é", "a.b.a")
                        .get(i))
                .toList();
    }

    /** With blanks, escapes, brackets in strings, names that repeat below, empty objects and arrays. */
    private static String object(Random random, int depth) {
        StringBuilder json = new StringBuilder();
        List<String> names = new ArrayList<>(List.of("a", "b", "bc", "a.b", "é", "x\\\"y"));
        Collections.shuffle(names, random);
        for (String name : names.subList(0, random.nextInt(names.size()))) {
            json.append(json.isEmpty() ? "" : ",")
                    .append(blanks(random))
                    .append('"')
                    .append(name)
                    .append('"');
            json.append(blanks(random)).append(':').append(blanks(random));
            json.append(value(random, depth)).append(blanks(random));
        }
        return blanks(random) + "{" + json + blanks(random) + "}" + blanks(random);
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Integer.toString(random.nextInt(1000) - 500);
            case 1 -> "\"}]{[,:\\\" \\\\\"";
            case 2 -> "null";
            case 3 -> "1.5e-3";
            case 4 -> "\"é\"";
            case 5 -> object(random, depth - 1).strip();
            default ->
                "[" + blanks(random)
                        + Stream.generate(() -> value(random, depth - 1))
                                .limit(random.nextInt(3))
                                .collect(Collectors.joining(", "))
                        + "]";
        };
    }

    private static String blanks(Random random) {
        return random.nextInt(6) == 0 ? " \n\t".substring(random.nextInt(3)) : "";
    }

    private static List<String> names(String list) {
        return list == null ? List.of() : Arrays.asList(list.split(","));
    }
}
