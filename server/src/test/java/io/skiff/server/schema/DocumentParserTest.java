package io.skiff.server.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class DocumentParserTest {
    private static final Schema SCHEMA = MappingParser.parse(new JsonMapper().readTree("""
                    {"properties":{
                      "sv":{"type":"sparse_vector"},
                      "title":{"type":"text","fields":{"raw":{"type":"keyword","ignore_above":5}}},
                      "body":{"type":"semantic_text","inference_id":"m"},
                      "tag":{"type":"keyword"},
                      "i":{"type":"integer"}, "l":{"type":"long","coerce":false}, "f":{"type":"float"},
                      "x":{"type":"double"}, "b":{"type":"boolean"}, "d":{"type":"date"},
                      "o":{"properties":{"k":{"type":"keyword"},"s":{"dynamic":"strict","properties":{}},
                                         "no":{"dynamic":false,"properties":{}}}}}}
                    """));

    @Test
    void readsEveryType() {
        ParsedDocument document = parse("""
                {"sv":{"cat":1.5,"dog":0,"eel.x":2},"title":["short","a longer one"],"body":"some words",
                 "tag":["b","a",7,true],"i":"12.9","l":-9223372036854775808,"f":1.1,"x":1e300,"b":["true",false,""],
                 "d":["2026-11-24",1],"o":{"k":"deep","no":{"anything":{"at":["all"]}}},"o.k":"dotted","nothing":null,
                 "none":[]}""");
        assertEquals(
                Map.of("sv", SparseVector.of(new String[] {"cat", "eel.x"}, new float[] {1.5f, 2})),
                document.vectors());
        assertEquals(Map.of("title", List.of("short", "a longer one")), document.texts());
        assertEquals(Map.of("body", List.of("some words")), document.semanticTexts());
        assertEquals(
                Map.ofEntries(
                        Map.entry("title.raw", List.of(new ColumnValue.Keyword("short"))),
                        Map.entry(
                                "tag",
                                List.of(
                                        new ColumnValue.Keyword("b"),
                                        new ColumnValue.Keyword("a"),
                                        new ColumnValue.Keyword("7"),
                                        new ColumnValue.Keyword("true"))),
                        Map.entry("i", List.of(new ColumnValue.Whole(12))),
                        Map.entry("l", List.of(new ColumnValue.Whole(Long.MIN_VALUE))),
                        Map.entry("f", List.of(new ColumnValue.Real(1.1f))),
                        Map.entry("x", List.of(new ColumnValue.Real(1e300))),
                        Map.entry(
                                "b",
                                List.of(new ColumnValue.Whole(1), new ColumnValue.Whole(0), new ColumnValue.Whole(0))),
                        Map.entry("d", List.of(new ColumnValue.Whole(1_795_478_400_000L), new ColumnValue.Whole(1))),
                        Map.entry("o.k", List.of(new ColumnValue.Keyword("deep"), new ColumnValue.Keyword("dotted")))),
                document.columns());
        assertSame(SCHEMA, document.schema());
    }

    @Test
    void ofSeveralVectorsTheLargestWeightOfATokenCounts() {
        assertEquals(
                SparseVector.of(new String[] {"a", "b"}, new float[] {2, 3}),
                parse("{\"sv\":[{\"a\":1},{\"a\":2,\"b\":3},{\"b\":1}]}")
                        .vectors()
                        .get("sv"));
    }

    @Test
    void addsFieldsOfElasticsearchsChoice() {
        ParsedDocument document = parse("""
                {"new":{"l":[null,3,4.5],"f":1.5,"b":true,"s":"words","d":"2026-11-24T10:00","slash":"2026/11/24",
                        "digits":"20261124"}}""");
        assertEquals(
                "{l=long, f=float, b=boolean, s=text, s.keyword=keyword, d=date, slash=date, digits=text}",
                List.of("l", "f", "b", "s", "s.keyword", "d", "slash", "digits").stream()
                        .map(name -> name + "="
                                + document.schema()
                                        .type("new." + name)
                                        .orElseThrow()
                                        .name())
                        .toList()
                        .toString()
                        .replace('[', '{')
                        .replace(']', '}'));
        assertEquals(
                List.of(new ColumnValue.Whole(3), new ColumnValue.Whole(4)),
                document.columns().get("new.l"));
        assertEquals(
                List.of(new ColumnValue.Keyword("words")), document.columns().get("new.s.keyword"));
        ParsedDocument next = DocumentParser.parse(document.schema(), "2", bytes("{\"new\":{\"l\":5}}"));
        assertSame(document.schema(), next.schema());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{\"i\":\"abc\"} ; document_parsing_exception ; [1:6] failed to parse field [i] of type [integer] in document with id '1'. Preview of field's value: 'abc' ; number_format_exception ; For input string: \"abc\"",
                "{\"i\":3000000000} ; document_parsing_exception ; [1:6] failed to parse field [i] of type [integer] in document with id '1'. Preview of field's value: '3000000000' ; illegal_argument_exception ; Value [3000000000] is out of range for an integer",
                "{\"l\":\"7\"} ; document_parsing_exception ; [1:6] failed to parse field [l] of type [long] in document with id '1'. Preview of field's value: '7' ; illegal_argument_exception ; long value passed as String",
                "{\"l\":7.5} ; document_parsing_exception ; [1:6] failed to parse field [l] of type [long] in document with id '1'. Preview of field's value: '7.5' ; illegal_argument_exception ; Value [7.5] has a decimal part",
                "{\"f\":1e39} ; document_parsing_exception ; [1:6] failed to parse field [f] of type [float] in document with id '1'. Preview of field's value: '1e39' ; illegal_argument_exception ; [float] supports only finite values, but got [1e39]",
                "{\"b\":\"yes\"} ; document_parsing_exception ; [1:6] failed to parse field [b] of type [boolean] in document with id '1'. Preview of field's value: 'yes' ; illegal_argument_exception ; Failed to parse value [yes] as only [true] or [false] are allowed.",
                "{\"d\":\"soon\"} ; document_parsing_exception ; [1:6] failed to parse field [d] of type [date] in document with id '1'. Preview of field's value: 'soon' ; illegal_argument_exception ; failed to parse date field [soon] with format [strict_date_optional_time||epoch_millis]",
                "{\"title\":{\"a\":1}} ; document_parsing_exception ; [1:10] failed to parse field [title] of type [text] in document with id '1'. Preview of field's value: '{}' ; illegal_argument_exception ; Can't get text on a START_OBJECT",
                "{\"t\":1,\"sv\":\"no\"} ; document_parsing_exception ; [1:13] failed to parse: [sparse_vector] fields must be json objects, expected a START_OBJECT but got: VALUE_STRING ; illegal_argument_exception ; [sparse_vector] fields must be json objects, expected a START_OBJECT but got: VALUE_STRING",
                "{\"sv\":{\"a\":-1}} ; document_parsing_exception ; [1:12] failed to parse: [sparse_vector] field [sv]: the weight of token [a] must be a finite number, not negative, got [-1] ; illegal_argument_exception ; [sparse_vector] field [sv]: the weight of token [a] must be a finite number, not negative, got [-1]",
                "{\"o\":3} ; document_parsing_exception ; [1:6] object mapping for [o] tried to parse field [o] as object, but found a concrete value ; ;",
                "{\"o\":{\"s\":{\"x\":1}}} ; strict_dynamic_mapping_exception ; [1:16] mapping set to strict, dynamic introduction of [x] within [o.s] is not allowed ; ;",
                "{\"a..b\":3} ; document_parsing_exception ; [1:2] field name [a..b] cannot contain only whitespace or empty parts ; ;",
                "[1] ; document_parsing_exception ; [1:1] the document must be a JSON object, got START_ARRAY ; ;",
            })
    void refusesInElasticsearchsWords(String source, String type, String reason, String causeType, String cause) {
        SchemaException refused = assertThrows(SchemaException.class, () -> parse(source));
        assertEquals(type, refused.kind().type());
        assertEquals(reason, refused.getMessage());
        assertEquals(
                causeType, refused.reason().map(SchemaException.Reason::type).orElse(null));
        assertEquals(cause, refused.reason().map(SchemaException.Reason::reason).orElse(null));
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String source : List.of("", "{", "{\"a\":1", "{\"a\":1,\"a\":2}", "{\"a\":1}x", "{\"a\":1}{}", "{a:1}")) {
            SchemaException refused = assertThrows(SchemaException.class, () -> parse(source), source);
            assertEquals(SchemaException.Kind.DOCUMENT_PARSING, refused.kind());
            assertTrue(refused.getMessage().matches("(?s)\\[\\d+:\\d+] .+"), refused::getMessage);
        }
        String deep = "{\"a\":".repeat(21) + "1" + "}".repeat(21);
        assertTrue(assertThrows(SchemaException.class, () -> parse(deep))
                .getMessage()
                .contains("deeper than 20"));
    }

    /** Tokens are looked at by the vector, all other names by the parser. */
    @Test
    void refusesWhatComesTwice() {
        for (String source : List.of(
                "{\"sv\":{\"a\":1,\"b\":1,\"a\":2}}",
                "{\"sv\":[{\"b\":1},{\"a\":1,\"a\":1}]}",
                "{\"sv\":{\"a\":1},\"sv\":{\"b\":1}}",
                "{\"p\":{\"b\":1},\"sv\":{\"a\":1,\"b\":1},\"q\":{\"b\":1,\"b\":2}}",
                "{\"sv\":{\"a\":1},\"o\":{\"no\":{\"b\":1,\"b\":2}}}")) {
            SchemaException refused = assertThrows(SchemaException.class, () -> parse(source), source);
            assertEquals(SchemaException.Kind.DOCUMENT_PARSING, refused.kind());
        }
        assertEquals(
                "[sparse_vector] field [sv]: token 'a' occurs twice in one vector",
                assertThrows(SchemaException.class, () -> parse("{\"sv\":{\"a\":1,\"a\":2}}"))
                        .reason()
                        .orElseThrow()
                        .reason());
        assertEquals(
                List.of("sv"),
                List.copyOf(parse("{\"sv\":{\"a\":1,\"b\":1},\"p\":{\"a\":1},\"q\":{\"a\":1}}")
                        .vectors()
                        .keySet()));
    }

    @Test
    void aKeywordHasALimit() {
        String longest = "x".repeat(ColumnValue.MAX_KEYWORD_BYTES);
        assertEquals(
                List.of(new ColumnValue.Keyword(longest)),
                parse("{\"tag\":\"" + longest + "\"}").columns().get("tag"));
        assertTrue(assertThrows(SchemaException.class, () -> parse("{\"tag\":\"" + longest + "x\"}"))
                .reason()
                .orElseThrow()
                .reason()
                .contains("the limit is 32766"));
    }

    private static ParsedDocument parse(String source) {
        return DocumentParser.parse(SCHEMA, "1", bytes(source));
    }

    private static byte[] bytes(String source) {
        return source.getBytes(StandardCharsets.UTF_8);
    }
}
