package io.skiff.server.rest.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import io.skiff.scoring.Searcher;
import io.skiff.server.rest.RequestFixture;
import io.skiff.server.rest.RestException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchRequestParserTest {
    private static final String ANY = "\"query\": {\"match\": {\"text\": \"words\"}}";

    private static SearchRequest parse(String body, Map<String, String> parameters) {
        return SearchRequestParser.parse(RequestFixture.request("POST", "/docs/_search", parameters, body));
    }

    private static SearchRequest parse(String body) {
        return parse(body, Map.of());
    }

    @Test
    void readsAMatchInBothForms() {
        SearchRequest shortForm = parse("{" + ANY + "}");
        assertEquals(new Query.Match("text", "words", 1), shortForm.query());
        assertEquals(0, shortForm.from());
        assertEquals(10, shortForm.size());
        assertEquals(SourceFilter.ALL, shortForm.source());
        assertEquals(
                new Query.Match("text", "more words", 2.5f),
                parse(
                                "{\"query\": {\"match\": {\"text\": {\"query\": \"more words\", \"boost\": 2.5, \"operator\": \"OR\"}}}}")
                        .query());
    }

    @Test
    void readsASparseVectorAndDropsZeros() {
        Query query = parse("{\"query\": {\"sparse_vector\": {\"field\": \"sv\", \"prune\": false, \"boost\": 3,"
                        + " \"query_vector\": {\"cat\": 1.5, \"dog\": 0, \"owl\": 2e-1}}}}")
                .query();
        assertInstanceOf(Query.SparseVectorQuery.class, query);
        assertEquals(
                new Query.SparseVectorQuery(
                        "sv", SparseVector.of(new String[] {"cat", "owl"}, new float[] {1.5f, 0.2f}), 3),
                query);
    }

    @Test
    void readsPagingSourceAndTotals() {
        SearchRequest search = parse("{" + ANY + ", \"from\": 20, \"size\": 5, \"track_total_hits\": 100,"
                + " \"_source\": {\"includes\": [\"title\", \"m*\"], \"excludes\": \"sv\"}}");
        assertEquals(20, search.from());
        assertEquals(5, search.size());
        assertEquals(100, search.totalHitsLimit());
        assertEquals(new SourceFilter(false, List.of("title", "m*"), List.of("sv")), search.source());
        assertEquals(
                SourceFilter.NONE, parse("{" + ANY + ", \"_source\": false}").source());
        assertEquals(
                SearchRequest.NO_TOTAL,
                parse("{" + ANY + ", \"track_total_hits\": false}").totalHitsLimit());
    }

    @Test
    void letsParametersWinOverTheBody() {
        SearchRequest search = parse(
                "{" + ANY + ", \"size\": 5}",
                Map.of("size", "7", "from", "2", "track_total_hits", "true", "typed_keys", "true"));
        assertEquals(7, search.size());
        assertEquals(2, search.from());
        assertEquals(SearchRequest.EVERY_HIT, search.totalHitsLimit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | needs a [query]",
                "[] | [search] must be an object",
                "{\"query\": {}} | [query] is empty",
                "{\"query\": 7} | [query] must be an object",
                "{\"query\": {\"bool\": {}}} | unknown query [bool]",
                "{\"query\": {\"match_all\": {}}} | unknown query [match_all]",
                "{\"aggs\": {}} | does not support [aggs]",
                "{\"query\": {\"match\": {\"a\": \"x\"}, \"match\": {}}} | Duplicate",
                "{\"query\": {\"match\": {\"a\": \"x\"}, \"sparse_vector\": {}}} | a second: [sparse_vector]",
                "{\"query\": {\"match\": {}}} | [match] needs a field",
                "{\"query\": {\"match\": {\"a\": {}}}} | [match] needs a field",
                "{\"query\": {\"match\": {\"a\": \"x\", \"b\": \"y\"}}} | multiple fields, found [a] and [b]",
                "{\"query\": {\"match\": {\"a\": null}}} | [match.a] must be a string",
                "{\"query\": {\"match\": {\"a\": {\"query\": \"x\", \"operator\": \"and\"}}}} | [operator] = [and]",
                "{\"query\": {\"match\": {\"a\": {\"query\": \"x\", \"fuzziness\": 1}}}} | does not support [fuzziness]",
                "{\"query\": {\"match\": {\"a\": {\"query\": \"x\", \"boost\": 0}}}} | [boost] must be greater than zero",
                "{\"query\": {\"sparse_vector\": {\"field\": \"sv\"}}} | needs a [field] and a [query_vector]",
                "{\"query\": {\"sparse_vector\": {\"query_vector\": {}}}} | needs a [field] and a [query_vector]",
                "{\"query\": {\"sparse_vector\": {\"inference_id\": \"m\"}}} | does not support [inference_id]",
                "{\"query\": {\"sparse_vector\": {\"prune\": true}}} | [prune] = [true]",
                "{\"query\": {\"sparse_vector\": {\"query_vector\": {\"t\": -1}}}} | token [t] must not be negative",
                "{\"query\": {\"sparse_vector\": {\"query_vector\": {\"t\": 1e99}}}} | [query_vector.t] must be a finite",
                "{\"query\": {\"sparse_vector\": {\"query_vector\": {\"t\": \"1\"}}}} | [query_vector.t] must be a number",
                "{\"query\": {\"sparse_vector\": {\"query_vector\": {\"t\": 1, \"t\": 2}}}} | Duplicate",
                "{\"size\": \"ten\"} | [size] must be a whole number",
                "{\"size\": 99999999999} | [size] must be a whole number",
                "{\"size\": 1.5} | [size] must be a whole number",
                "{\"_source\": 7} | [_source] must be a string",
                "{\"_source\": {\"fields\": []}} | does not support [fields]",
                "{\"_source\": [1]} | [_source] must be a string"
            })
    void refusesByName(String body, String reason) {
        RestException refused = assertThrows(RestException.class, () -> parse(body), body);
        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"size\": -1 | [size] parameter cannot be negative",
                "\"from\": -1 | [from] parameter cannot be negative",
                "\"from\": 9991 | Result window is too large",
                "\"from\": 2147483647 | but was [2147483657]",
                "\"track_total_hits\": -2 | [track_total_hits] must be"
            })
    void refusesNumbersOutOfRange(String member, String reason) {
        RestException refused = assertThrows(RestException.class, () -> parse("{" + ANY + ", " + member + "}"));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"query\": | [1:",
                "{\"query\": {\"match\": {\"a\": \"x\"}}} {} | end of the body",
                "nonsense | [1:",
                "{\"query\": {\"match\": {\"a\": 'x'}}} | [1:"
            })
    void saysWhereTheJsonBreaks(String body, String reason) {
        RestException refused = assertThrows(RestException.class, () -> parse(body), body);
        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void saysWhereAnUnknownQueryStands() {
        RestException refused =
                assertThrows(RestException.class, () -> parse("{\n  \"query\": {\"bool\": {\"must\": []}}}"));
        var error = RequestFixture.json(refused.response(RequestFixture.request("POST", "/docs/_search", Map.of(), "")))
                .get("error");
        assertEquals("parsing_exception", error.get("type").stringValue());
        assertEquals(2, error.get("line").intValue());
        assertEquals(error.get("line"), error.get("root_cause").get(0).get("line"));
    }

    @Test
    void limitsDepthAndTokens() {
        String deep = "{\"query\": " + "{\"match\": ".repeat(200) + "1" + "}".repeat(200) + "}";
        assertEquals(400, assertThrows(RestException.class, () -> parse(deep)).status());

        assertEquals(
                Searcher.MAX_QUERY_TOKENS, tokens(Searcher.MAX_QUERY_TOKENS).size());
        RestException tooMany = assertThrows(RestException.class, () -> tokens(Searcher.MAX_QUERY_TOKENS + 1));
        assertEquals(400, tooMany.status());
        assertTrue(tooMany.getMessage().contains("" + Searcher.MAX_QUERY_TOKENS), tooMany.getMessage());
    }

    private static SparseVector tokens(int count) {
        String vector = IntStream.range(0, count)
                .mapToObj(i -> "\"t" + i + "\": 1")
                .collect(Collectors.joining(", ", "{", "}"));
        String body = "{\"query\": {\"sparse_vector\": {\"field\": \"sv\", \"query_vector\": " + vector + "}}}";
        return ((Query.SparseVectorQuery) parse(body).query()).vector();
    }
}
