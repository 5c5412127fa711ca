package io.skiff.server.rest.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.RequestFixture;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.SourceFilter;
import io.skiff.server.rest.highlight.Highlight;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchRequestParserTest {
    private static final String ANY = "\"query\": {\"match\": {\"text\": \"words\"}}";

    private static SearchRequest parse(String body, Map<String, String> parameters) {
        return SearchRequestParser.parse(
                RequestFixture.request("POST", "/docs/_search", parameters, body), QueryLimits.DEFAULT);
    }

    private static SearchRequest parse(String body) {
        return parse(body, Map.of());
    }

    @Test
    void readsAQueryAndItsDefaults() {
        SearchRequest search = parse("{" + ANY + "}");
        assertEquals(
                Optional.of(new Query.Match("text", "words", Query.Operator.OR, Optional.empty(), 1)), search.query());
        assertEquals(0, search.from());
        assertEquals(10, search.size());
        assertEquals(SourceFilter.ALL, search.source());
        assertEquals(Optional.empty(), parse("{}").query());
        assertEquals(Optional.empty(), parse("").query());
    }

    @Test
    void readsSortsInAllTheirForms() {
        SearchRequest search = parse("{\"sort\": [\"_score\", \"a\", {\"b\": \"desc\"}, {\"c\": {\"order\": \"asc\","
                + " \"mode\": \"max\", \"missing\": \"_first\", \"unmapped_type\": \"long\", \"format\": \"yyyy\"}},"
                + " {\"_doc\": {}}], \"search_after\": [1.5, null, \"x\", true, 7]}");
        assertEquals(
                List.of(
                        new SortKey.ByScore(true),
                        new SortKey.ByField("a", false, SortKey.Mode.MIN, "_last", Optional.empty(), Optional.empty()),
                        new SortKey.ByField("b", true, SortKey.Mode.MAX, "_last", Optional.empty(), Optional.empty()),
                        new SortKey.ByField(
                                "c", false, SortKey.Mode.MAX, "_first", Optional.of("long"), Optional.of("yyyy")),
                        new SortKey.ByInsertion(false)),
                search.sort());
        assertEquals(
                List.of(Optional.of("1.5"), Optional.empty(), Optional.of("x"), Optional.of("true"), Optional.of("7")),
                search.searchAfter());
        assertEquals(
                List.of(new SortKey.ByScore(false)),
                parse("{\"sort\": {\"_score\": \"asc\"}}").sort());
    }

    @Test
    void readsHighlightsOfBothVersions() {
        Highlight.Options options = new Highlight.Options(
                List.of("<b>"),
                List.of("</b>"),
                100,
                2,
                0,
                false,
                List.of(),
                false,
                false,
                Highlight.Options.LARGEST_OFFSET);
        String common = "{\"highlight\":{\"type\":\"unified\",\"fragment_size\":100,\"number_of_fragments\":2,"
                + "\"post_tags\":[\"</b>\"],\"pre_tags\":[\"<b>\"],\"fields\":";
        String field = "{\"title\":{\"require_field_match\":false}}";
        assertEquals(
                Optional.of(new Highlight(Map.of("title", options))),
                parse(common + "[" + field + "]}}").highlight());
        assertEquals(
                Optional.of(new Highlight(Map.of("title", options))),
                parse(common + field + "}}").highlight());
    }

    @Test
    void readsRetrievers() {
        String list = "{\"standard\":{\"query\":{\"match_all\":{}}}}";
        Retriever.Standard standard =
                new Retriever.Standard(Optional.of(new Query.MatchAll(1)), List.of(), Optional.empty(), List.of());
        assertEquals(
                Optional.of(new Retriever.ReciprocalRank(
                        List.of(
                                new Retriever.Part(standard, 1, Retriever.Normalizer.NONE),
                                new Retriever.Part(standard, 2, Retriever.Normalizer.NONE)),
                        60,
                        OptionalInt.of(100),
                        List.of(),
                        Optional.empty())),
                parse("{\"retriever\":{\"rrf\":{\"retrievers\":[" + list + ",{\"retriever\":" + list
                                + ",\"weight\":2.0}],\"rank_constant\":60,\"rank_window_size\":100}}}")
                        .retriever());
        assertEquals(
                Optional.of(new Retriever.Linear(
                        List.of(
                                new Retriever.Part(standard, 1, Retriever.Normalizer.MINMAX),
                                new Retriever.Part(standard, 3, Retriever.Normalizer.L2_NORM)),
                        OptionalInt.empty(),
                        List.of(),
                        Optional.empty())),
                parse("{\"retriever\":{\"linear\":{\"retrievers\":[" + list + ",{\"retriever\":" + list
                                + ",\"weight\":3,\"normalizer\":\"l2_norm\"}],\"normalizer\":\"minmax\"}}}")
                        .retriever());
        Retriever.ReciprocalRank shortForm = (Retriever.ReciprocalRank)
                parse("{\"retriever\":{\"rrf\":{\"query\":\"hi\",\"fields\":[\"a\",\"b\"]}}}")
                        .retriever()
                        .orElseThrow();
        assertEquals(2, shortForm.parts().size());
    }

    @Test
    void readsWhatElseASearchMayHave() {
        SearchRequest search = parse("{\"min_score\":0.5,\"timeout\":\"2s\",\"terminate_after\":7,\"explain\":false,"
                + "\"rescore\":{\"window_size\":50,\"query\":{\"rescore_query\":{\"match_all\":{}},"
                + "\"query_weight\":0.7,\"rescore_query_weight\":1.2,\"score_mode\":\"max\"}},"
                + "\"ext\":{\"skiff\":{\"mode\":\"approx\",\"threads\":4}}}");
        assertEquals(Optional.of(0.5f), search.minScore());
        assertEquals(Optional.of(Duration.ofSeconds(2)), search.timeout());
        assertEquals(OptionalInt.of(7), search.terminateAfter());
        assertEquals(List.of(new Rescore(50, new Query.MatchAll(1), 0.7f, 1.2f, Rescore.Mode.MAX)), search.rescore());
        assertEquals(new SkiffOptions(true, 4, false), search.skiff());
    }

    @Test
    void readsPagingSourceAndTotals() {
        SearchRequest search = parse("{" + ANY + ", \"from\": 20, \"size\": 5, \"track_total_hits\": 100,"
                + " \"_source\": {\"includes\": [\"title\", \"m*\"], \"excludes\": \"sv\"}}");
        assertEquals(20, search.from());
        assertEquals(5, search.size());
        assertEquals(100, search.totalHitsLimit());
        assertEquals(SourceFilter.of(List.of("title", "m*"), List.of("sv")), search.source());
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
                "[] | [search] must be an object",
                "{\"query\": {}} | query malformed, empty clause found",
                "{\"aggs\": {}} | does not support [aggs]",
                "{\"query\": {\"match\": {\"a\": \"x\"}, \"match\": {}}} | Duplicate",
                "{\"explain\": 1} | [explain] must be true or false",
                "{\"timeout\": \"soon\"} | failed to parse setting [timeout]",
                "{\"search_after\": [1]} | [search_after] has 1 value(s) but sort has 0.",
                "{\"sort\": [\"a\"], \"search_after\": [1], \"from\": 1} | [from] parameter must be set to 0",
                "{\"sort\": {\"a\": \"up\"}} | [order] must be [asc] or [desc]",
                "{\"sort\": {\"a\": {\"mode\": \"avg\"}}} | [mode] does not support [avg]",
                "{\"sort\": {\"a\": {\"nested\": {}}}} | does not support [nested]",
                "{\"sort\": \"_shard_doc\"} | [sort] by [_shard_doc] is not supported",
                "{\"highlight\": {}} | [highlight] needs [fields]",
                "{\"highlight\": {\"fields\": {\"a\": {\"type\": \"fvh\"}}}} | [type] = [fvh]",
                "{\"highlight\": {\"fields\": {\"a\": {\"pre_tags\": []}}}} | as many [post_tags] as [pre_tags]",
                "{\"highlight\": {\"fields\": {\"a\": {}}, \"order\": \"best\"}} | must be [score] or [none], got [best]",
                "{\"highlight\": {\"fields\": {\"a\": {}}, \"encoder\": \"xml\"}} | must be [html] or [default]",
                "{\"highlight\": {\"fields\": {\"a\": {}}, \"max_analyzed_offset\": 1000001}} | must be in 0..1000000",
                "{\"highlight\": {\"fields\": {\"a\": {\"boundary_scanner\": \"chars\"}}}} | must be [sentence]",
                "{\"ext\": {\"skiff\": {\"words\": 1}}} | [words] must be true or false",
                "{\"retriever\": {\"knn\": {}}} | unknown retriever [knn]",
                "{\"retriever\": {\"rrf\": {}}} | needs 1 to 64 [retrievers]",
                "{\"retriever\": {\"rrf\": {\"rank_window_size\": 10001}}} | [rank_window_size] must be in 1..10000",
                "{\"retriever\": {\"standard\": {}}, \"query\": {\"match_all\": {}}} | cannot have a [query]",
                "{\"rescore\": {}} | [rescore] needs a [query]",
                "{\"ext\": {\"other\": {}}} | [ext] does not support [other]",
                "{\"ext\": {\"skiff\": {\"mode\": \"fast\"}}} | [ext.skiff.mode] must be [exact] or [approx]",
                "{\"ext\": {\"skiff\": {\"threads\": 0}}} | [ext.skiff.threads] must be in 1..256",
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
                assertThrows(RestException.class, () -> parse("{\n  \"query\": {\"fuzzy\": {\"must\": []}}}"));
        var error = RequestFixture.json(refused.response(RequestFixture.request("POST", "/docs/_search", Map.of(), "")))
                .get("error");
        assertEquals("parsing_exception", error.get("type").stringValue());
        assertEquals(2, error.get("line").intValue());
        assertEquals(error.get("line"), error.get("root_cause").get(0).get("line"));
    }

    @Test
    void limitsTheDepthOfJson() {
        String deep = "{\"query\": " + "{\"match\": ".repeat(200) + "1" + "}".repeat(200) + "}";
        assertEquals(400, assertThrows(RestException.class, () -> parse(deep)).status());
    }
}
