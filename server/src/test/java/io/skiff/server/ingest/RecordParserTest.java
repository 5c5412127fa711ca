package io.skiff.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordParserTest {
    @Test
    void beirJoinsTitleAndTextAndStoresAllButTheId() throws BadInputException {
        InputRecord document = parse(
                new BeirRecords(),
                "{\"_id\": 7, \"title\": \"T\", \"text\": \"x y\", \"metadata\": {\"a\": [1, 2.50]}}");

        assertEquals("7", document.id());
        assertEquals("T x y", document.text());
        assertEquals(Optional.empty(), document.vector());
        assertEquals("{\"title\":\"T\",\"text\":\"x y\",\"metadata\":{\"a\":[1,2.50]}}", source(document));
        assertEquals("f:3", document.location());
    }

    @Test
    void beirWithoutTitleOrWithNullIsTextAlone() throws BadInputException {
        assertEquals(
                "x", parse(new BeirRecords(), "{\"_id\":\"a\",\"text\":\"x\"}").text());
        assertEquals(
                "x",
                parse(new BeirRecords(), "{\"_id\":\"a\",\"title\":null,\"text\":\"x\"}")
                        .text());
        assertEquals(
                "", parse(new BeirRecords(), "{\"_id\":\"a\",\"text\":\"\"}").text());
    }

    @Test
    void vectorsDropZerosAndStoreAllButIdAndVector() throws BadInputException {
        InputRecord document = parse(
                new VectorRecords(),
                "{\"id\":\"d\",\"contents\":\"c\",\"vector\":{\"b\":2,\"zero\":0,\"a\":0.5},\"year\":1999}");

        assertEquals(
                SparseVector.of(new String[] {"b", "a"}, new float[] {2, 0.5f}),
                document.vector().orElseThrow());
        assertEquals("{\"contents\":\"c\",\"year\":1999}", source(document));
        assertEquals("c", document.text());
    }

    @Test
    void msmarcoSplitsAtTheFirstTab() throws BadInputException {
        InputRecord document = parse(new MsmarcoRecords(), "12\ta\tb \"c\"");

        assertEquals("12", document.id());
        assertEquals("a\tb \"c\"", document.text());
        assertEquals("{\"text\":\"a\\tb \\\"c\\\"\"}", source(document));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\":\"x\"}                      | has no \"_id\"",
                "{\"_id\":\"a\"}                       | neither \"title\" nor \"text\"",
                "{\"_id\":\"\",\"text\":\"x\"}         | must not be empty",
                "{\"_id\":1.5,\"text\":\"x\"}          | string or a whole number, got the number 1.5",
                "{\"_id\":\"a\",\"text\":[1]}          | \"text\" must be a string, got an array",
                "{\"_id\":\"a\",\"text\":\"x\"         | is not valid JSON at column",
                "{\"_id\":\"a\",\"text\":\"x\"} {}     | one JSON object on the line",
                "[1]                                   | expected a JSON object, got an array",
                "nonsense                              | is not valid JSON at column",
            })
    void badBeirLinesSayWhereAndWhat(String line, String message) {
        assertBad(new BeirRecords(), line, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"vector\":{}}                                   | has no \"id\"",
                "{\"id\":\"a\"}                                    | document 'a' has no \"vector\"",
                "{\"id\":\"a\",\"vector\":[1]}                     | must be an object of token and weight, got an array",
                "{\"id\":\"a\",\"vector\":{\"t\":-1}}              | weight of token 't' must be finite and not negative",
                "{\"id\":\"a\",\"vector\":{\"t\":-1e-60}}          | weight of token 't' must be finite and not negative",
                "{\"id\":\"a\",\"vector\":{\"t\":1e60}}            | weight of token 't' must be finite and not negative",
                "{\"id\":\"a\",\"vector\":{\"t\":NaN}}             | is not valid JSON at column",
                "{\"id\":\"a\",\"vector\":{\"t\":\"1\"}}           | weight of token 't' must be a number, got a string",
                "{\"id\":\"a\",\"vector\":{\"t\":1,\"u\":1,\"t\":1}} | token 't' occurs twice",
                "{\"id\":\"a\",\"vector\":{\"t\":0,\"t\":1}}       | token 't' occurs twice",
                "{\"id\":\"a\",\"id\":\"b\",\"vector\":{}}         | second id",
                "{\"id\":\"a\",\"vector\":{},\"vector\":{}}        | second \"vector\"",
            })
    void badVectorLinesSayWhereAndWhat(String line, String message) {
        assertBad(new VectorRecords(), line, message);
    }

    @Test
    void badTabbedLinesSayWhereAndWhat() {
        assertBad(new MsmarcoRecords(), "no tab", "found no tab");
        assertBad(new MsmarcoRecords(), "\ttext", "nothing before the tab");
        BadInputException e = assertThrows(
                BadInputException.class, () -> new MsmarcoRecords().parse(new byte[] {'1', '\t', (byte) 0xff}, "f:3"));
        assertEquals("f:3: is not valid UTF-8", e.getMessage());
    }

    @Test
    void tokenNotationsOfVectors() throws BadInputException {
        VectorParser parser = new VectorParser("f:3");

        assertEquals(
                SparseVector.of(new String[] {"a", "b:c", "##d"}, new float[] {1, 2.5f, 3}),
                parser.weightedTokens(" a:1 b:c:2.5  ##d:3 "));
        assertEquals(SparseVector.of(Map.of("cat", 3)), parser.repeatedTokens("cat cat cat"));
        assertEquals(SparseVector.EMPTY, parser.repeatedTokens(" "));
        assertThrows(BadInputException.class, () -> parser.weightedTokens("a:1 b"));
        assertThrows(BadInputException.class, () -> parser.weightedTokens("a:NaN"));
        assertThrows(BadInputException.class, () -> parser.weightedTokens("a:-1"));
        assertThrows(BadInputException.class, () -> parser.weightedTokens("a:1 a:2"));
    }

    private static void assertBad(RecordParser parser, String line, String message) {
        BadInputException e = assertThrows(BadInputException.class, () -> parse(parser, line), line);
        assertTrue(e.getMessage().startsWith("f:3: "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static InputRecord parse(RecordParser parser, String line) throws BadInputException {
        return parser.parse(line.getBytes(StandardCharsets.UTF_8), "f:3");
    }

    private static String source(InputRecord document) {
        return new String(document.source(), StandardCharsets.UTF_8);
    }
}
