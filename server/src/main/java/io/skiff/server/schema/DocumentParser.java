package io.skiff.server.schema;

import io.skiff.index.Limits;
import io.skiff.index.SparseVector;
import io.skiff.index.SparseVectorBuilder;
import io.skiff.index.columns.ColumnValue;
import io.skiff.server.schema.Mapping.Dynamic;
import io.skiff.server.schema.Mapping.Field;
import io.skiff.server.schema.Mapping.ObjectField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.DupDetector;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadContext;

/** Reads one JSON document under a schema. */
public final class DocumentParser {
    private static final int MAX_JSON_DEPTH = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // A vector's tokens are names too; a table of names would be copied for every document with new ones.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_JSON_DEPTH)
                    .maxStringLength(Limits.MAX_SOURCE_BYTES)
                    .build())
            .build();

    private final DocumentErrors errors;
    private final JsonParser parser;
    private final Map<String, SparseVector> vectors = new LinkedHashMap<>();
    private final Map<String, List<String>> texts = new LinkedHashMap<>();
    private final Map<String, List<String>> semanticTexts = new LinkedHashMap<>();
    private final Map<String, List<ColumnValue>> columns = new LinkedHashMap<>();
    private Schema schema;

    private DocumentParser(Schema schema, String id, JsonParser parser) {
        this.schema = schema;
        this.parser = parser;
        this.errors = new DocumentErrors(id, parser);
    }

    /**
     * The values of a document.
     *
     * @param id for messages
     * @throws SchemaException if it is no JSON object, or a value does not fit its field
     */
    public static ParsedDocument parse(Schema schema, String id, byte[] source) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), source)) {
            DocumentParser parsing = new DocumentParser(schema, id, parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw parsing.errors.failure("the document must be a JSON object, got " + parser.currentToken());
            }
            parsing.object("", 1);
            if (parser.nextToken() != null) {
                throw parsing.errors.failure("something stands behind the document: " + parser.currentToken());
            }
            return parsing.finish();
        } catch (JacksonException e) {
            throw DocumentErrors.malformed(e);
        }
    }

    private ParsedDocument finish() {
        return new ParsedDocument(vectors, texts, semanticTexts, columns, schema);
    }

    private void object(String prefix, int depth) {
        if (depth > Schema.MAX_DEPTH) {
            throw errors.failure("objects nest deeper than " + Schema.MAX_DEPTH + " levels at [" + prefix + "]");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (name.isBlank() || name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
                throw errors.failure(
                        "field name [" + prefix + name + "] cannot contain only whitespace or empty parts");
            }
            parser.nextToken();
            value(prefix + name, depth);
        }
    }

    /** Reads the value, or the array of values, at which the parser stands. */
    private void value(String path, int depth) {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {
                // as if it were not there
            }
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(path, depth);
                }
            }
            default -> {
                Mapping mapping = schema.mapping(path).orElse(null);
                switch (mapping) {
                    case Field field -> field(path, field);
                    case ObjectField object -> objectValue(path, depth);
                    case null -> unmapped(path, depth);
                }
            }
        }
    }

    private void objectValue(String path, int depth) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw errors.failure("object mapping for [" + path + "] tried to parse field [" + path
                    + "] as object, but found a concrete value");
        }
        object(path + ".", depth + 1);
    }

    private void unmapped(String path, int depth) {
        Dynamic dynamic = schema.dynamicAt(path);
        if (dynamic == Dynamic.STRICT) {
            int dot = path.lastIndexOf('.');
            throw errors.strict(path.substring(dot + 1), dot < 0 ? "_doc" : path.substring(0, dot));
        }
        if (dynamic == Dynamic.FALSE) {
            parser.skipChildren();
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            object(path + ".", depth + 1);
        } else {
            Field field = DynamicField.of(parser);
            schema = schema.with(path, field);
            field(path, field);
        }
    }

    private void field(String path, Field field) {
        if (field.type() instanceof FieldType.SparseVectorType) {
            sparseVector(path);
            return;
        }
        if (!parser.currentToken().isScalarValue()) {
            throw errors.value(
                    path,
                    field.type(),
                    new IllegalArgumentException("Can't get text on a " + parser.currentToken()),
                    "{}");
        }
        String text = parser.getString();
        scalar(path, field.type(), text);
        field.subfields().forEach((name, type) -> scalar(path + "." + name, type, text));
    }

    private void scalar(String path, FieldType type, String text) {
        try {
            switch (type) {
                case FieldType.SparseVectorType vector -> throw new IllegalStateException("read elsewhere");
                case FieldType.TextType words -> add(texts, path, text);
                case FieldType.SemanticTextType words -> add(semanticTexts, path, text);
                case FieldType.KeywordType keyword -> keyword(path, keyword, text);
                case FieldType.NumberType number -> add(columns, path, number(number, text));
                case FieldType.BooleanType bool ->
                    add(columns, path, new ColumnValue.Whole(BooleanValue.parse(text) ? 1 : 0));
                case FieldType.DateType date ->
                    add(columns, path, new ColumnValue.Whole(date.format().parseMillis(text)));
            }
        } catch (IllegalArgumentException e) {
            throw errors.value(path, type, e, text);
        }
    }

    private ColumnValue number(FieldType.NumberType type, String text) {
        if (!parser.currentToken().isNumeric() && !(type.coerce() && parser.currentToken() == JsonToken.VALUE_STRING)) {
            throw new IllegalArgumentException(
                    parser.currentToken() == JsonToken.VALUE_STRING
                            ? type.name() + " value passed as String"
                            : "Current token (" + parser.currentToken()
                                    + ") not numeric, can not use numeric value accessors");
        }
        return type.kind().parse(text, type.coerce());
    }

    private void keyword(String path, FieldType.KeywordType type, String text) {
        if (text.codePointCount(0, text.length()) > type.ignoreAbove()) {
            return;
        }
        if (text.length() > ColumnValue.MAX_KEYWORD_BYTES / 3) {
            int bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            if (bytes > ColumnValue.MAX_KEYWORD_BYTES) {
                throw new IllegalArgumentException("the value has " + bytes + " bytes of UTF-8, the limit is "
                        + ColumnValue.MAX_KEYWORD_BYTES + "; [ignore_above] keeps such values in the source alone");
            }
        }
        add(columns, path, new ColumnValue.Keyword(text));
    }

    private static <T> void add(Map<String, List<T>> values, String path, T value) {
        values.computeIfAbsent(path, key -> new ArrayList<>()).add(value);
    }

    /** Of several vectors, the largest weight of each token, as in Elasticsearch. */
    private void sparseVector(String path) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw errors.failure(
                    "failed to parse: [sparse_vector] fields must be json objects, expected a START_OBJECT but got: "
                            + parser.currentToken(),
                    "[sparse_vector] fields must be json objects, expected a START_OBJECT but got: "
                            + parser.currentToken());
        }
        JsonReadContext context = (JsonReadContext) parser.streamReadContext();
        DupDetector duplicates = context.getDupDetector();
        context.withDupDetector(null); // a set of all tokens; the vector looks for them at less cost
        SparseVector vector = vector(path);
        context.withDupDetector(duplicates);
        SparseVector all = vectors.merge(path, vector, SparseVectorBuilder::largestOf);
        requireTokenCount(path, all.size());
    }

    private SparseVector vector(String path) {
        SparseVectorBuilder vector = new SparseVectorBuilder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String token = parser.currentName();
            parser.nextToken();
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            float weight = parser.currentToken().isNumeric() ? parser.getFloatValue() : Float.NaN;
            if (!(weight >= 0) || Float.isInfinite(weight)) {
                String reason = "[sparse_vector] field [" + path + "]: the weight of token [" + token
                        + "] must be a finite number, not negative, got ["
                        + (parser.currentToken().isScalarValue() ? parser.getString() : parser.currentToken()) + "]";
                throw errors.failure("failed to parse: " + reason, reason);
            }
            if (token.length() > Limits.MAX_TOKEN_BYTES / 3) {
                requireShort(path, token);
            }
            vector.add(token, weight);
            requireTokenCount(path, vector.size());
        }
        try {
            return vector.build();
        } catch (IllegalArgumentException e) {
            String reason = "[sparse_vector] field [" + path + "]: " + e.getMessage();
            throw errors.failure("failed to parse: " + reason, reason);
        }
    }

    private void requireTokenCount(String path, int count) {
        if (count > Limits.MAX_VECTOR_TOKENS) {
            String reason =
                    "[sparse_vector] field [" + path + "] has more than " + Limits.MAX_VECTOR_TOKENS + " tokens";
            throw errors.failure("failed to parse: " + reason, reason);
        }
    }

    private void requireShort(String path, String token) {
        int bytes = token.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (bytes > Limits.MAX_TOKEN_BYTES) {
            String reason = "[sparse_vector] field [" + path + "]: token [" + token.substring(0, 80) + "...] has "
                    + bytes + " bytes, the limit is " + Limits.MAX_TOKEN_BYTES;
            throw errors.failure("failed to parse: " + reason, reason);
        }
    }
}
