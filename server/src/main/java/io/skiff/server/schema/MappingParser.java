package io.skiff.server.schema;

import io.skiff.index.Limits;
import io.skiff.server.schema.FieldType.Analyzer;
import io.skiff.server.schema.FieldType.Pruning;
import io.skiff.server.schema.Mapping.Dynamic;
import io.skiff.server.schema.Mapping.Field;
import io.skiff.server.schema.Mapping.ObjectField;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads Elasticsearch's mappings; refuses by name what it does not know. */
public final class MappingParser {
    private MappingParser() {}

    /**
     * The schema of {@code {"properties": {...}, "dynamic": ...}}.
     *
     * @throws SchemaException if it is none
     */
    public static Schema parse(JsonNode mappings) {
        if (!mappings.isObject()) {
            throw failure("mappings must be an object, got " + mappings);
        }
        MappingOptions options = new MappingOptions("_doc", "_doc", mappings);
        Optional<Dynamic> dynamic = options.value("dynamic").map(MappingParser::dynamic);
        SortedMap<String, Mapping> properties =
                options.value("properties").map(node -> properties("", node)).orElseGet(TreeMap::new);
        options.requireAllRead();
        return new Schema(new ObjectField(dynamic, properties));
    }

    private static SortedMap<String, Mapping> properties(String prefix, JsonNode node) {
        if (!node.isObject()) {
            throw failure("Expected map for property [properties] on field [" + prefix + "] but got " + node);
        }
        SortedMap<String, Mapping> properties = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String name = property.getKey();
            requireName(prefix, name);
            properties.put(name, mapping(prefix + name, property.getValue()));
        }
        return properties;
    }

    private static void requireName(String prefix, String name) {
        if (name.isBlank() || name.contains(".") || (name.startsWith("_") && prefix.isEmpty())) {
            throw failure("field name [" + prefix + name
                    + "] cannot be: it must not be blank or begin with an underscore, and"
                    + " what is inside an object stands in its [properties], not behind a dot");
        }
        if ((prefix + name).length() > Limits.MAX_FIELD_NAME_BYTES / 3
                && (prefix + name).getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                        > Limits.MAX_FIELD_NAME_BYTES) {
            throw failure(
                    "field name [" + prefix + name + "] is longer than " + Limits.MAX_FIELD_NAME_BYTES + " bytes");
        }
    }

    private static Mapping mapping(String path, JsonNode node) {
        if (!node.isObject()) {
            throw failure("Expected map for property [fields] on field [" + path + "] but got " + node);
        }
        String type = node.path("type").asString(node.has("properties") || node.has("dynamic") ? "object" : null);
        if (type == null) {
            throw failure("No type specified for field [" + path + "]");
        }
        MappingOptions options = new MappingOptions(path, type, node);
        options.value("type");
        Mapping mapping;
        if (type.equals("object")) {
            mapping = new ObjectField(
                    options.value("dynamic").map(MappingParser::dynamic),
                    options.value("properties")
                            .map(properties -> properties(path + ".", properties))
                            .orElseGet(TreeMap::new));
        } else {
            FieldType fieldType = type(options);
            mapping = new Field(fieldType, subfields(path, fieldType, options));
        }
        options.requireAllRead();
        return mapping;
    }

    private static SortedMap<String, FieldType> subfields(String path, FieldType type, MappingOptions options) {
        SortedMap<String, FieldType> subfields = new TreeMap<>();
        Optional<JsonNode> fields = options.value("fields");
        if (fields.isPresent()) {
            if (!(type instanceof FieldType.TextType || type.isColumn())) {
                throw failure("field [" + path + "] of type [" + type.name() + "] can't have [fields]");
            }
            for (Map.Entry<String, JsonNode> each : fields.get().properties()) {
                requireName(path + ".", each.getKey());
                Mapping mapping = mapping(path + "." + each.getKey(), each.getValue());
                boolean plain = mapping instanceof Field(FieldType sub, var deeper)
                        && deeper.isEmpty()
                        && (sub instanceof FieldType.TextType || sub.isColumn());
                if (!plain) {
                    throw failure("[fields] of field [" + path + "] may hold plain fields only, of type text, keyword,"
                            + " a number, boolean or date");
                }
                subfields.put(each.getKey(), ((Field) mapping).type());
            }
        }
        return subfields;
    }

    private static FieldType type(MappingOptions options) {
        FieldType type = switch (options.type()) {
            case FieldType.SparseVectorType.SPARSE_VECTOR ->
                new FieldType.SparseVectorType(options.value("index_options").map(node -> pruning(options, node)));
            case FieldType.SparseVectorType.RANK_FEATURES -> {
                options.acceptOnly("positive_score_impact", true);
                yield new FieldType.SparseVectorType(FieldType.SparseVectorType.RANK_FEATURES, Optional.empty());
            }
            case "text" -> new FieldType.TextType(analyzer(options));
            case "semantic_text" ->
                new FieldType.SemanticTextType(
                        options.string("inference_id")
                                .orElseThrow(() -> failure("[inference_id] on mapper [" + options.path()
                                        + "] of type [semantic_text] must not be empty: it names the model")),
                        options.string("search_inference_id"));
            case "keyword" ->
                new FieldType.KeywordType(options.positive("ignore_above").orElse(FieldType.KeywordType.UNLIMITED));
            case "integer", "long", "float", "double" ->
                new FieldType.NumberType(
                        NumberKind.valueOf(options.type().toUpperCase(Locale.ROOT)),
                        options.bool("coerce").orElse(true));
            case "boolean" -> new FieldType.BooleanType();
            case "date" -> new FieldType.DateType(dateFormat(options));
            default ->
                throw failure("The mapper type [" + options.type() + "] declared on field [" + options.path()
                        + "] does not exist. It might have been created within a future version or requires a"
                        + " plugin to be installed. Check the documentation.");
        };
        options.acceptOnly("index", true);
        options.acceptOnly("store", false);
        if (type.isColumn()) {
            options.acceptOnly("doc_values", true);
        }
        return type;
    }

    private static DateFormat dateFormat(MappingOptions options) {
        try {
            return options.string("format").map(DateFormat::of).orElse(DateFormat.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw failure("Error parsing [format] on field [" + options.path() + "]: " + e.getMessage());
        }
    }

    private static Analyzer analyzer(MappingOptions options) {
        return switch (options.string("analyzer").orElse("standard")) {
            case "standard" -> Analyzer.STANDARD;
            case "english" -> Analyzer.ENGLISH;
            default ->
                throw failure("analyzer [" + options.string("analyzer").orElseThrow()
                        + "] has not been configured in mappings: field [" + options.path()
                        + "] may have [standard] or [english]");
        };
    }

    private static Pruning pruning(MappingOptions of, JsonNode node) {
        MappingOptions options = new MappingOptions(of.path(), "sparse_vector", node);
        boolean prune = options.bool("prune").orElse(true);
        Optional<JsonNode> config = options.value("pruning_config");
        options.requireAllRead();
        if (config.isEmpty()) {
            return new Pruning(prune, Optional.empty(), Optional.empty());
        }
        MappingOptions thresholds = new MappingOptions(of.path(), "sparse_vector", config.get());
        Pruning pruning = new Pruning(
                prune,
                thresholds.number("tokens_freq_ratio_threshold", 1, 100),
                thresholds.number("tokens_weight_threshold", 0, 1));
        thresholds.requireAllRead();
        return pruning;
    }

    private static Dynamic dynamic(JsonNode node) {
        return switch (node.asString()) {
            case "true" -> Dynamic.TRUE;
            case "false" -> Dynamic.FALSE;
            case "strict" -> Dynamic.STRICT;
            default -> throw failure("[dynamic] must be true, false or strict, got " + node);
        };
    }

    /** As Elasticsearch words it: the reason twice, behind a prefix and by itself. */
    static SchemaException failure(String reason) {
        return new SchemaException(
                SchemaException.Kind.MAPPER_PARSING,
                "Failed to parse mapping: " + reason,
                new SchemaException.Reason(SchemaException.Kind.MAPPER_PARSING.type(), reason));
    }
}
