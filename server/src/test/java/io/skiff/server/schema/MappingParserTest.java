package io.skiff.server.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class MappingParserTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String EVERYTHING = """
            {"dynamic":"strict","properties":{
              "b":{"type":"boolean"},
              "d":{"type":"date","format":"yyyy/MM/dd||epoch_second"},
              "n":{"type":"float","coerce":false},
              "o":{"dynamic":"false","properties":{"deep":{"properties":{"k":{"type":"keyword"}}}}},
              "p":{"type":"object"},
              "rf":{"type":"rank_features"},
              "s":{"type":"semantic_text","inference_id":"splade","search_inference_id":"idf"},
              "sv":{"type":"sparse_vector","index_options":{"prune":true,"pruning_config":{
                    "tokens_freq_ratio_threshold":5.0,"tokens_weight_threshold":0.4}}},
              "t":{"type":"text","analyzer":"english","fields":{"raw":{"type":"keyword","ignore_above":256}}}}}
            """;

    @Test
    void writesWhatItReads() {
        Schema schema = parse(EVERYTHING);
        assertEquals(MAPPER.readTree(EVERYTHING), MAPPER.readTree(written(schema)));
        assertEquals(schema, parse(written(schema)));
        assertEquals(
                List.of("b", "d", "n", "o.deep.k", "rf", "s", "sv", "t", "t.raw"),
                List.copyOf(schema.fields().keySet()));
        assertEquals(Optional.of(new FieldType.KeywordType(256)), schema.type("t.raw"));
        assertEquals("{}", written(parse("{}")));
    }

    @Test
    void readsWhatElasticsearchsOwnClientSends() {
        Schema schema = parse("""
                {"properties":{"sv":{"type":"sparse_vector","index_options":{"prune":true,"pruning_config":
                {"tokens_freq_ratio_threshold":5,"tokens_weight_threshold":0.4000000059604645}}},
                "title":{"type":"text","analyzer":"english"}}}""");
        assertEquals(
                Optional.of(new FieldType.SparseVectorType(
                        Optional.of(new FieldType.Pruning(true, Optional.of(5f), Optional.of(0.4f))))),
                schema.type("sv"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"properties\":{\"a\":{\"type\":\"dense_vector\"}}} | type [dense_vector] declared on field [a] does not exist",
                "{\"properties\":{\"a\":{}}} | No type specified for field [a]",
                "{\"properties\":{\"a\":{\"type\":\"text\",\"boost\":2}}} | unknown parameter [boost] on mapper [a] of type [text]",
                "{\"properties\":{\"a\":{\"type\":\"text\",\"analyzer\":\"german\"}}} | analyzer [german] has not been configured",
                "{\"properties\":{\"a\":{\"type\":\"keyword\",\"index\":false}}} | [index] of field [a] can only be [true]",
                "{\"properties\":{\"a\":{\"type\":\"keyword\",\"ignore_above\":0}}} | [ignore_above] on mapper [a] of type [keyword] must be a whole number from 1",
                "{\"properties\":{\"a\":{\"type\":\"date\",\"format\":\"bogus\"}}} | Error parsing [format] on field [a]",
                "{\"properties\":{\"a\":{\"type\":\"semantic_text\"}}} | [inference_id] on mapper [a] of type [semantic_text]",
                "{\"properties\":{\"a.b\":{\"type\":\"text\"}}} | field name [a.b] cannot be",
                "{\"properties\":{\"_a\":{\"type\":\"text\"}}} | field name [_a] cannot be",
                "{\"dynamic\":\"runtime\"} | [dynamic] must be true, false or strict",
                "{\"_source\":{}} | unknown parameter [_source] of the mapping",
                "{\"properties\":{\"a\":{\"type\":\"sparse_vector\",\"index_options\":{\"pruning_config\":{\"tokens_weight_threshold\":2}}}}} | [tokens_weight_threshold] on mapper [a] of type [sparse_vector] must be a number from 0.0 to 1.0",
                "{\"properties\":{\"a\":{\"type\":\"text\",\"fields\":{\"b\":{\"type\":\"sparse_vector\"}}}}} | [fields] of field [a] may hold plain fields only",
                "{\"properties\":[]} | Expected map for property [properties]",
                "[] | mappings must be an object",
            })
    void refusesByName(String mapping, String reason) {
        SchemaException refused = assertThrows(SchemaException.class, () -> parse(mapping));
        assertEquals(SchemaException.Kind.MAPPER_PARSING, refused.kind());
        assertTrue(refused.getMessage().startsWith("Failed to parse mapping: "), refused::getMessage);
        assertTrue(refused.getMessage().contains(reason), refused::getMessage);
    }

    @Test
    void mergingAddsAndNeverChanges() {
        Schema schema = parse(
                "{\"properties\":{\"a\":{\"type\":\"text\"},\"o\":{\"properties\":{\"k\":{\"type\":\"long\"}}}}}");
        Schema merged = schema.merge(parse(
                "{\"dynamic\":false,\"properties\":{\"a\":{\"type\":\"text\",\"fields\":{\"k\":{\"type\":\"keyword\"}}},"
                        + "\"o\":{\"properties\":{\"b\":{\"type\":\"boolean\"}}}}}"));
        assertEquals(
                List.of("a", "a.k", "o.b", "o.k"), List.copyOf(merged.fields().keySet()));
        assertCannotMerge(merged, "{\"properties\":{\"a\":{\"type\":\"keyword\"}}}", "from type [text] to [keyword]");
        assertCannotMerge(
                merged,
                "{\"properties\":{\"a\":{\"type\":\"text\",\"analyzer\":\"english\"}}}",
                "Mapper for [a] conflicts");
        assertCannotMerge(
                merged,
                "{\"properties\":{\"a\":{\"type\":\"text\",\"fields\":{\"k\":{\"type\":\"long\"}}}}}",
                "mapper [a.k] cannot be changed");
        assertCannotMerge(
                merged, "{\"properties\":{\"o\":{\"type\":\"long\"}}}", "can't merge a non object mapping [o]");
    }

    @Test
    void limitsFieldsAndDepth() {
        StringBuilder many = new StringBuilder("{\"properties\":{");
        for (int i = 0; i < 1001; i++) {
            many.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":{\"type\":\"long\"}");
        }
        assertTrue(assertThrows(SchemaException.class, () -> parse(many + "}}"))
                .getMessage()
                .contains("Limit of total fields [1000]"));
        String deep = "{\"properties\":{\"a\":".repeat(20) + "{\"type\":\"long\"}" + "}}".repeat(20);
        assertEquals(1, parse(deep).fields().size());
        assertTrue(assertThrows(SchemaException.class, () -> parse("{\"properties\":{\"a\":" + deep + "}}"))
                .getMessage()
                .contains("Limit of mapping depth [20]"));
    }

    private static void assertCannotMerge(Schema schema, String mapping, String reason) {
        SchemaException refused = assertThrows(SchemaException.class, () -> schema.merge(parse(mapping)));
        assertEquals(SchemaException.Kind.ILLEGAL_ARGUMENT, refused.kind());
        assertTrue(refused.getMessage().contains(reason), refused::getMessage);
    }

    private static Schema parse(String mapping) {
        return MappingParser.parse(MAPPER.readTree(mapping));
    }

    private static String written(Schema schema) {
        return new String(Json.write(false, json -> MappingWriter.write(json, schema)), StandardCharsets.UTF_8);
    }
}
