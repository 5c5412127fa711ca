package io.skiff.server.rest.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.RequestFixture;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.Query.Bound;
import io.skiff.server.rest.query.Query.MultiMatchType;
import io.skiff.server.rest.query.Query.Operator;
import io.skiff.server.rest.query.Query.TokenPruning;
import io.skiff.server.rest.query.Query.VectorSource;
import io.skiff.server.rest.query.Query.WeightedField;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParserTest {
    private static final QueryLimits LIMITS = new QueryLimits(4, 10, 5, 3);

    private static Query parse(String query) {
        return JsonReader.read(query.getBytes(StandardCharsets.UTF_8), json -> new QueryParser(json, LIMITS).query());
    }

    private static SparseVector vector(Map<String, Float> weights) {
        return SparseVector.of(weights);
    }

    @Test
    void readsWords() {
        assertEquals(
                new Query.Match("t", "a b", Operator.OR, Optional.empty(), 1), parse("{\"match\":{\"t\":\"a b\"}}"));
        assertEquals(
                new Query.Match("t", "7", Operator.AND, Optional.of(MinimumShouldMatch.parse("75%")), 2),
                parse(
                        "{\"match\":{\"t\":{\"query\":7,\"operator\":\"AND\",\"minimum_should_match\":\"75%\",\"boost\":\"2\"}}}"));
        assertEquals(
                new Query.MultiMatch(
                        "a",
                        List.of(new WeightedField("t", 1), new WeightedField("u", 2.5f)),
                        MultiMatchType.MOST_FIELDS,
                        Operator.OR,
                        Optional.empty(),
                        0.5f,
                        3),
                parse("{\"multi_match\":{\"query\":\"a\",\"fields\":[\"t\",\"u^2.5\"],\"type\":\"most_fields\","
                        + "\"tie_breaker\":0.5,\"boost\":3}}"));
    }

    @Test
    void readsValues() {
        assertEquals(new Query.Term("k", "v", false, 1), parse("{\"term\":{\"k\":\"v\"}}"));
        assertEquals(
                new Query.Term("k", "true", true, 2),
                parse("{\"term\":{\"k\":{\"value\":true,\"case_insensitive\":true,\"boost\":2}}}"));
        assertEquals(new Query.Terms("k", List.of("a", "7"), 2), parse("{\"terms\":{\"k\":[\"a\",7],\"boost\":2}}"));
        assertEquals(
                new Query.Range(
                        "n",
                        Optional.of(new Bound("1", true)),
                        Optional.of(new Bound("2.5", false)),
                        Optional.empty(),
                        Optional.empty(),
                        1),
                parse("{\"range\":{\"n\":{\"gte\":1,\"lt\":2.5,\"gt\":null}}}"));
        assertEquals(
                new Query.Range(
                        "d",
                        Optional.empty(),
                        Optional.of(new Bound("2026", true)),
                        Optional.of("yyyy"),
                        Optional.of(ZoneId.of("+01:00")),
                        1),
                parse("{\"range\":{\"d\":{\"lte\":\"2026\",\"format\":\"yyyy\",\"time_zone\":\"+01:00\"}}}"));
        assertEquals(new Query.Exists("f", 1), parse("{\"exists\":{\"field\":\"f\"}}"));
        assertEquals(new Query.Ids(List.of("9", "1"), 1), parse("{\"ids\":{\"values\":[\"9\",1]}}"));
        assertEquals(new Query.Prefix("k", "v", false, 1), parse("{\"prefix\":{\"k\":{\"value\":\"v\"}}}"));
    }

    @Test
    void readsQueriesOfQueries() {
        Query term = new Query.Term("k", "v", false, 1);
        assertEquals(
                new Query.Bool(
                        List.of(term),
                        List.of(term, new Query.MatchAll(2)),
                        List.of(new Query.MatchNone(1)),
                        List.of(term),
                        Optional.of(MinimumShouldMatch.parse("1")),
                        3),
                parse("{\"bool\":{\"must\":{\"term\":{\"k\":\"v\"}},\"should\":[{\"term\":{\"k\":\"v\"}},"
                        + "{\"match_all\":{\"boost\":2}}],\"filter\":[{\"match_none\":{}}],"
                        + "\"must_not\":[{\"term\":{\"k\":\"v\"}}],\"minimum_should_match\":1,\"boost\":3}}"));
        assertEquals(
                new Query.ConstantScore(term, 2),
                parse("{\"constant_score\":{\"filter\":{\"term\":{\"k\":\"v\"}},\"boost\":2}}"));
    }

    @Test
    void readsVectorsInAllTheirForms() {
        VectorSource cat = new VectorSource.Given(vector(Map.of("cat", 1.5f)));
        VectorSource words = new VectorSource.Inferred(Optional.of("m"), "words");
        assertEquals(
                new Query.Sparse("sparse_vector", "sv", cat, Optional.empty(), 2),
                parse("{\"sparse_vector\":{\"field\":\"sv\",\"query_vector\":{\"cat\":1.5,\"dog\":0},\"boost\":2}}"));
        assertEquals(
                new Query.Sparse("sparse_vector", "sv", cat, Optional.of(TokenPruning.NONE), 1),
                parse("{\"sparse_vector\":{\"field\":\"sv\",\"query_vector\":{\"cat\":1.5},\"prune\":false}}"));
        assertEquals(
                new Query.Sparse("sparse_vector", "sv", cat, Optional.of(new TokenPruning(true, 5, 0.4f, false)), 1),
                parse("{\"sparse_vector\":{\"field\":\"sv\",\"prune\":true,\"pruning_config\":"
                        + "{\"tokens_freq_ratio_threshold\":5},\"query_vector\":{\"cat\":1.5}}}"));
        assertEquals(
                new Query.Sparse("sparse_vector", "sv", words, Optional.empty(), 1),
                parse("{\"sparse_vector\":{\"field\":\"sv\",\"query\":\"words\",\"inference_id\":\"m\"}}"));
        assertEquals(
                new Query.Sparse("text_expansion", "sv", words, Optional.of(new TokenPruning(true, 5, 0.4f, true)), 1),
                parse("{\"text_expansion\":{\"sv\":{\"model_id\":\"m\",\"model_text\":\"words\",\"pruning_config\":"
                        + "{\"tokens_weight_threshold\":0.4000000059604645,\"only_score_pruned_tokens\":true}}}}"));
        Query tokens = new Query.Sparse(
                "weighted_tokens",
                "sv",
                new VectorSource.Given(SparseVector.of(new String[] {"cat", "dog"}, new float[] {1, 2})),
                Optional.empty(),
                1);
        assertEquals(tokens, parse("{\"weighted_tokens\":{\"sv\":{\"tokens\":{\"cat\":1,\"dog\":2}}}}"), "8's form");
        assertEquals(
                tokens, parse("{\"weighted_tokens\":{\"sv\":{\"tokens\":[{\"cat\":1},{\"dog\":2}]}}}"), "9's form");
        assertEquals(
                new Query.Sparse("neural_sparse", "sv", cat, Optional.empty(), 1),
                parse("{\"neural_sparse\":{\"sv\":{\"query_tokens\":{\"cat\":1.5}}}}"));
        assertEquals(
                new Query.Sparse("neural_sparse", "sv", words, Optional.empty(), 1),
                parse("{\"neural_sparse\":{\"sv\":{\"query_text\":\"words\",\"model_id\":\"m\"}}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"foo\":{}} | unknown query [foo]",
                "{} | query malformed, empty clause found",
                "7 | [query] must be an object",
                "{\"match_all\":{},\"match_none\":{}} | found a second: [match_none]",
                "{\"match_all\":{\"x\":1}} | [match_all] does not support [x]",
                "{\"match\":{}} | [match] needs a field",
                "{\"match\":{\"t\":{}}} | [match] needs a text",
                "{\"match\":{\"t\":{\"query\":\"x\",\"fuzziness\":1}}} | [match] does not support [fuzziness]",
                "{\"match\":{\"t\":{\"query\":\"x\",\"operator\":\"xor\"}}} | [operator] must be [or] or [and]",
                "{\"match\":{\"t\":{\"query\":\"x\",\"minimum_should_match\":\"most\"}}} | [minimum_should_match] must be like",
                "{\"match\":{\"t\":{\"query\":\"x\",\"boost\":-1}}} | [boost] must not be negative",
                "{\"match\":{\"t\":{\"query\":\"x\",\"boost\":\"big\"}}} | [boost] must be a number",
                "{\"match\":{\"t\":{\"query\":\"x\",\"boost\":\"1e99\"}}} | [boost] must be a finite number",
                "{\"multi_match\":{\"query\":\"x\"}} | [multi_match] needs a [query] and [fields]",
                "{\"multi_match\":{\"query\":\"x\",\"fields\":[\"t*\"]}} | patterns such as [t*]",
                "{\"multi_match\":{\"query\":\"x\",\"fields\":[\"t^x\"]}} | [t^x] must be like FIELD or FIELD^2",
                "{\"multi_match\":{\"query\":\"x\",\"fields\":[\"t\"],\"type\":\"phrase\"}} | [type] = [phrase]",
                "{\"multi_match\":{\"query\":\"x\",\"fields\":[\"t\"],\"tie_breaker\":2}} | [tie_breaker] must be from 0 to 1",
                "{\"term\":{\"k\":{}}} | [term] needs a value",
                "{\"term\":{\"a\":1,\"b\":2}} | [term] query doesn't support multiple fields, found [a] and [b]",
                "{\"term\":{\"a\":null}} | [term] must be a string",
                "{\"terms\":{}} | [terms] query requires a field name",
                "{\"terms\":{\"a\":[1],\"b\":[2]}} | does not support multiple fields, found [a] and [b]",
                "{\"terms\":{\"a\":{\"index\":\"i\"}}} | does not support looking up the terms",
                "{\"terms\":{\"a\":[1,2,3,4,5,6]}} | exceeded the allowed maximum of [5]",
                "{\"ids\":{\"values\":[1,2,3,4,5,6]}} | exceeded the allowed maximum of [5]",
                "{\"range\":{\"n\":{\"gte\":1,\"gt\":2}}} | two bounds on one side",
                "{\"range\":{\"n\":{\"time_zone\":\"Nowhere\"}}} | [time_zone] must be like +01:00",
                "{\"exists\":{}} | [exists] must be provided with a [field]",
                "{\"constant_score\":{}} | [constant_score] requires a 'filter' element",
                "{\"bool\":{\"musst\":[]}} | [bool] does not support [musst]",
                "{\"bool\":{\"must\":[{}]}} | query malformed, empty clause found",
                "{\"sparse_vector\":{\"query_vector\":{}}} | [sparse_vector] needs a [field]",
                "{\"sparse_vector\":{\"field\":\"f\"}} | either a vector or a text",
                "{\"sparse_vector\":{\"field\":\"f\",\"query_vector\":{},\"query\":\"x\"}} | either a vector or a text",
                "{\"sparse_vector\":{\"field\":\"f\",\"query_vector\":{},\"inference_id\":\"m\"}} | needs a [query]",
                "{\"sparse_vector\":{\"field\":\"f\",\"query_vector\":{},\"pruning_config\":{}}} | needs [prune] to be true",
                "{\"sparse_vector\":{\"field\":\"f\",\"query_vector\":{\"t\":-1}}} | token [t] must not be negative",
                "{\"sparse_vector\":{\"field\":\"f\",\"query_vector\":{\"t\":1e99}}} | must be a finite",
                "{\"sparse_vector\":{\"field\":\"f\",\"query_vector\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1}}} | at most 3 tokens",
                "{\"text_expansion\":{\"f\":{\"model_text\":\"x\",\"pruning_config\":{\"tokens_freq_ratio_threshold\":0}}}} | must be between [1.0] and [100.0]",
                "{\"weighted_tokens\":{\"f\":{\"tokens\":[{\"a\":1},{\"a\":2}]}}} | token 'a' occurs twice in one vector",
                "{\"neural_sparse\":{\"f\":{\"max_token_score\":1}}} | [neural_sparse] does not support [max_token_score]",
            })
    void refusesByName(String query, String reason) {
        RestException refused = assertThrows(RestException.class, () -> parse(query), query);
        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void limitsDepthAndClauses() {
        String deep = "{\"bool\":{\"must\":".repeat(4) + "{\"match_all\":{}}" + "}}".repeat(4);
        assertTrue(assertThrows(RestException.class, () -> parse(deep))
                .getMessage()
                .contains("maximum nested depth, which is 4"));
        String nine = IntStream.range(0, 9).mapToObj(i -> "{\"match_all\":{}}").collect(Collectors.joining(","));
        assertEquals(
                9,
                ((Query.Bool) parse("{\"bool\":{\"should\":[" + nine + "]}}"))
                        .should()
                        .size());
        RestException tooMany = assertThrows(
                RestException.class, () -> parse("{\"bool\":{\"should\":[" + nine + ",{\"match_all\":{}}]}}"));
        assertEquals("maxClauseCount is set to 10", tooMany.getMessage());
    }

    /** As a real node of 9.5.2 answers. */
    @Test
    void anUnknownQueryIsAnsweredAsByElasticsearch() {
        RestException refused = assertThrows(
                RestException.class,
                () -> JsonReader.read("{\"query\":{\"foo\":{}}}".getBytes(StandardCharsets.UTF_8), json -> {
                    json.object("search", member -> new QueryParser(json, LIMITS).query());
                    return null;
                }));
        assertEquals(
                "{\"error\":{\"root_cause\":[{\"type\":\"parsing_exception\",\"reason\":\"unknown query [foo]\",\"line\":1,"
                        + "\"col\":17}],\"type\":\"parsing_exception\",\"reason\":\"unknown query [foo]\",\"line\":1,"
                        + "\"col\":17,\"caused_by\":{\"type\":\"named_object_not_found_exception\",\"reason\":\"[1:17]"
                        + " unknown field [foo]\"}},\"status\":400}",
                RequestFixture.json(refused.response(RequestFixture.request("POST", "/i/_search", Map.of(), "")))
                        .toString());
    }
}
