package io.skiff.server.rest.query;

import io.skiff.index.SparseVector;
import io.skiff.index.SparseVectorBuilder;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.Query.TokenPruning;
import io.skiff.server.rest.query.Query.VectorSource;
import java.util.List;
import java.util.Optional;

/** Reads the four ways to ask for a dot product. */
final class VectorQueries {
    private static final List<String> SPARSE_VECTOR_MEMBERS =
            List.of("field", "query_vector", "inference_id", "query", "prune", "pruning_config", "boost");
    private static final List<String> PRUNING_MEMBERS =
            List.of("tokens_freq_ratio_threshold", "tokens_weight_threshold", "only_score_pruned_tokens");

    private VectorQueries() {}

    /** What the four have, under different names. */
    private static final class Reading {
        String field;
        SparseVector vector;
        String inferenceId;
        String text;
        Boolean prune;
        TokenPruning pruning;
        float boost = 1;

        Query finish(String kind, JsonReader json) {
            if ((vector == null) == (text == null)) {
                throw json.fail("[" + kind + "] needs either a vector or a text to make one from");
            }
            VectorSource source = vector != null
                    ? new VectorSource.Given(vector)
                    : new VectorSource.Inferred(Optional.ofNullable(inferenceId), text);
            return new Query.Sparse(kind, field, source, pruning(), boost);
        }

        private Optional<TokenPruning> pruning() {
            if (prune == null || !prune) {
                return prune == null ? Optional.ofNullable(pruning) : Optional.of(TokenPruning.NONE);
            }
            return Optional.of(
                    pruning != null
                            ? pruning
                            : new TokenPruning(
                                    true,
                                    TokenPruning.DEFAULT_FREQUENCY_RATIO_THRESHOLD,
                                    TokenPruning.DEFAULT_WEIGHT_THRESHOLD,
                                    false));
        }
    }

    static Query sparseVector(QueryParser parser) {
        JsonReader json = parser.json();
        Reading reading = new Reading();
        json.object("sparse_vector", member -> {
            switch (member) {
                case "field" -> reading.field = json.string("field");
                case "query_vector" -> reading.vector = vector(parser, "query_vector");
                case "inference_id" -> reading.inferenceId = json.string("inference_id");
                case "query" -> reading.text = json.string("query");
                case "prune" -> reading.prune = json.bool("prune");
                case "pruning_config" -> reading.pruning = pruning(json);
                case "boost" -> reading.boost = parser.boost();
                default -> throw json.unknown("sparse_vector", member, SPARSE_VECTOR_MEMBERS);
            }
        });
        if (reading.field == null) {
            throw json.fail("[sparse_vector] needs a [field]");
        }
        if (reading.pruning != null && !Boolean.TRUE.equals(reading.prune)) {
            throw json.fail("[sparse_vector] has a [pruning_config], which needs [prune] to be true");
        }
        if (reading.inferenceId != null && reading.text == null) {
            throw json.fail("[sparse_vector] has an [inference_id], which needs a [query]");
        }
        return reading.finish("sparse_vector", json);
    }

    static Query textExpansion(QueryParser parser) {
        JsonReader json = parser.json();
        Reading reading = new Reading();
        reading.field = parser.oneField(
                "text_expansion",
                () -> json.object("text_expansion", member -> {
                    switch (member) {
                        case "model_id" -> reading.inferenceId = json.string("model_id");
                        case "model_text" -> reading.text = json.string("model_text");
                        case "pruning_config" -> reading.pruning = pruning(json);
                        case "boost" -> reading.boost = parser.boost();
                        default ->
                            throw json.unknown(
                                    "text_expansion",
                                    member,
                                    List.of("model_id", "model_text", "pruning_config", "boost"));
                    }
                }));
        return reading.finish("text_expansion", json);
    }

    static Query weightedTokens(QueryParser parser) {
        JsonReader json = parser.json();
        Reading reading = new Reading();
        reading.field = parser.oneField(
                "weighted_tokens",
                () -> json.object("weighted_tokens", member -> {
                    switch (member) {
                        case "tokens" -> reading.vector = vector(parser, "tokens");
                        case "pruning_config" -> reading.pruning = pruning(json);
                        case "boost" -> reading.boost = parser.boost();
                        default ->
                            throw json.unknown("weighted_tokens", member, List.of("tokens", "pruning_config", "boost"));
                    }
                }));
        return reading.finish("weighted_tokens", json);
    }

    /** OpenSearch's. */
    static Query neuralSparse(QueryParser parser) {
        JsonReader json = parser.json();
        Reading reading = new Reading();
        reading.field = parser.oneField(
                "neural_sparse",
                () -> json.object("neural_sparse", member -> {
                    switch (member) {
                        case "query_text" -> reading.text = json.string("query_text");
                        case "query_tokens" -> reading.vector = vector(parser, "query_tokens");
                        case "model_id" -> reading.inferenceId = json.string("model_id");
                        case "boost" -> reading.boost = parser.boost();
                        default ->
                            throw json.unknown(
                                    "neural_sparse",
                                    member,
                                    List.of("query_text", "query_tokens", "model_id", "boost"));
                    }
                }));
        return reading.finish("neural_sparse", json);
    }

    /** {@code {token: weight, ...}}, or a list of such as version 9 of the clients sends. */
    private static SparseVector vector(QueryParser parser, String what) {
        SparseVectorBuilder weights = new SparseVectorBuilder();
        if (parser.json().isArray()) {
            parser.json().array(what, () -> addWeights(parser, what, weights));
        } else {
            addWeights(parser, what, weights);
        }
        try {
            return weights.build();
        } catch (IllegalArgumentException e) { // of what was read, a token twice, in two objects of a list
            throw parser.json().fail("[" + what + "]: " + e.getMessage());
        }
    }

    private static void addWeights(QueryParser parser, String what, SparseVectorBuilder weights) {
        JsonReader json = parser.json();
        String prefix = what + ".";
        json.object(what, token -> {
            float weight = json.number(prefix, token);
            if (weight < 0) {
                throw json.fail("[" + what + "] weight of token [" + token + "] must not be negative, got " + weight);
            }
            weights.add(token, weight);
            requireTokenCount(weights.size(), parser.limits().maxTokens());
        });
    }

    /** Refuses a query of more tokens than may be searched. */
    private static void requireTokenCount(int count, int max) {
        if (count > max) {
            throw new RestException(
                    400, "too_many_clauses", "a query may have at most " + max + " tokens, this one has more");
        }
    }

    private static TokenPruning pruning(JsonReader json) {
        var reading = new Object() {
            float ratio = TokenPruning.DEFAULT_FREQUENCY_RATIO_THRESHOLD;
            float weight = TokenPruning.DEFAULT_WEIGHT_THRESHOLD;
            boolean onlyPruned;
        };
        json.object("pruning_config", member -> {
            switch (member) {
                case "tokens_freq_ratio_threshold" -> reading.ratio = between(json, member, 1, 100);
                case "tokens_weight_threshold" -> reading.weight = between(json, member, 0, 1);
                case "only_score_pruned_tokens" -> reading.onlyPruned = json.bool(member);
                default -> throw json.unknown("pruning_config", member, PRUNING_MEMBERS);
            }
        });
        return new TokenPruning(true, reading.ratio, reading.weight, reading.onlyPruned);
    }

    private static float between(JsonReader json, String what, float min, float max) {
        float value = json.number(what);
        if (value < min || value > max) {
            throw json.fail("[" + what + "] must be between [" + min + "] and [" + max + "], got " + value);
        }
        return value;
    }
}
