package io.skiff.server.rest;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out. */
public final class Json {
    /** Deepest nesting of a request's body. */
    public static final int MAX_DEPTH = 100;

    private static final JsonFactory BODIES = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // A vector's tokens are names too, tens of thousands of them: a table of names would be copied by every
            // request that brings new ones, and thrown away whenever it is full.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();
    private static final JsonFactory PLAIN = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();
    private static final ObjectWriteContext PRETTY = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }
    };

    /** Numbers as they are written, so that what is read and written again is the same. */
    private static final JsonMapper TREES = JsonMapper.builder(BODIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** A parser of a request's body, which is not trusted. */
    static JsonParser parseBody(byte[] body) {
        return BODIES.createParser(ObjectReadContext.empty(), body);
    }

    /**
     * The value that a request's body is.
     *
     * @throws RestException if it is none, or something stands behind it
     */
    public static JsonNode tree(byte[] body) {
        try {
            return TREES.readTree(body);
        } catch (JacksonException e) {
            throw JsonReader.malformed(e);
        }
    }

    /** The bytes of a tree. */
    public static byte[] write(JsonNode tree) {
        return TREES.writeValueAsBytes(tree);
    }

    /** A parser of a document's stored source. */
    public static JsonParser parseSource(byte[] source) {
        return PLAIN.createParser(ObjectReadContext.empty(), source);
    }

    /**
     * Writes a value that is JSON already, as it is.
     *
     * @param json one of {@link #write(boolean, Consumer)}
     */
    static void copy(byte[] value, JsonGenerator json) {
        // Only what has to stand before a value is the generator's to write; it would go through the bytes one by one.
        json.writeRawValue("");
        json.flush();
        ((ByteArrayOutputStream) json.streamWriteOutputTarget()).writeBytes(value);
    }

    /** The bytes of what {@code body} writes, indented for people if {@code pretty}. */
    public static byte[] write(boolean pretty, Consumer<JsonGenerator> body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = PLAIN.createGenerator(pretty ? PRETTY : ObjectWriteContext.empty(), bytes)) {
            body.accept(json);
        }
        if (pretty) {
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
