package io.skiff.server.rest.inference;

import io.skiff.encoder.Chunking;
import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.InferenceModels;
import io.skiff.server.collection.UnknownModelException;
import io.skiff.server.rest.DocumentFailure;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code POST /_inference/sparse_embedding/{name}}: the vectors that a model makes of texts. */
public final class InferenceEndpoint implements Endpoint {
    /** Parameters of the query string; a model takes as long as it takes. */
    public static final Set<String> PARAMETERS = Set.of("timeout");

    /** Most texts of one request. */
    static final int MAX_TEXTS = 1_000;

    private final InferenceModels models;

    /** Over the models of some collections. */
    public InferenceEndpoint(Collections collections) {
        this.models = collections.models();
    }

    private record Embedding(SparseVector vector, boolean cut) {}

    private static final class Asked {
        private final List<String> texts = new ArrayList<>();
        private boolean query;
    }

    @Override
    public Response answer(Request request) {
        Asked asked = parse(request);
        List<Embedding> embeddings = encode(request.pathParameter("name"), asked);
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("sparse_embedding");
            embeddings.forEach(embedding -> write(json, embedding));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private List<Embedding> encode(String name, Asked asked) {
        try {
            SparseEncoder encoder = models.require(name);
            List<SparseVector> vectors = asked.query
                    ? asked.texts.stream()
                            .map(text -> encoder.encodeQuery(text, FieldStatistics.NONE))
                            .toList()
                    : encoder.encodeDocuments(asked.texts);
            List<Embedding> embeddings = new ArrayList<>();
            for (int i = 0; i < vectors.size(); i++) {
                embeddings.add(new Embedding(vectors.get(i), isCut(encoder, asked.texts.get(i))));
            }
            return embeddings;
        } catch (EncodingException | UnknownModelException e) {
            throw DocumentFailure.of(e);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            throw RestException.illegalArgument(e.getMessage());
        }
    }

    /** Whether a model reads less than all of a text. */
    private static boolean isCut(SparseEncoder encoder, String text) {
        return encoder instanceof OnnxEncoder model
                && model.chunks(text, new Chunking(Chunking.Unit.TOKENS, model.largestChunkTokens(), 0))
                                .size()
                        > 1;
    }

    private static Asked parse(Request request) {
        Asked asked = new Asked();
        JsonReader.read(request.requiredBody(), json -> {
            json.object("inference", member -> {
                switch (member) {
                    case "input" -> {
                        if (json.isArray()) {
                            json.array("input", () -> asked.texts.add(json.string("input")));
                        } else {
                            asked.texts.add(json.string("input"));
                        }
                    }
                    case "input_type" -> asked.query = isQuery(json);
                    default -> throw json.unknown("_inference", member, List.of("input", "input_type"));
                }
            });
            return null;
        });
        if (asked.texts.isEmpty() || asked.texts.size() > MAX_TEXTS) {
            throw new RestException(
                    400,
                    "action_request_validation_exception",
                    "Validation Failed: 1: Field [input] must have 1 to " + MAX_TEXTS + " texts, got "
                            + asked.texts.size() + ";");
        }
        return asked;
    }

    private static boolean isQuery(JsonReader json) {
        String type = json.string("input_type");
        return switch (type) {
            case "search", "internal_search" -> true;
            case "ingest", "internal_ingest", "unspecified" -> false;
            default -> throw json.fail("[input_type] must be [ingest] or [search], got [" + type + "]");
        };
    }

    private static void write(JsonGenerator json, Embedding embedding) {
        SparseVector vector = embedding.vector();
        json.writeStartObject();
        json.writeBooleanProperty("is_truncated", embedding.cut());
        json.writeObjectPropertyStart("embedding");
        for (int i = 0; i < vector.size(); i++) {
            json.writeNumberProperty(vector.token(i), vector.weight(i));
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
