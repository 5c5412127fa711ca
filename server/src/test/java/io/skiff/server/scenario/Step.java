package io.skiff.server.scenario;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One request and what is expected of its answer.
 *
 * @param body what is sent, empty for nothing
 * @param lines whether the body is lines of JSON
 * @param answer the pattern of the answer's body, missing if anything is fine
 * @param elsewhere what is different with Elasticsearch
 */
record Step(String request, String body, boolean lines, int status, JsonNode answer, Elsewhere elsewhere) {
    private static final Set<String> MEMBERS =
            Set.of("request", "body", "lines", "text", "status", "answer", "elasticsearch");

    /**
     * What is different with Elasticsearch, and why.
     *
     * @param skip the step is not for it
     * @param status its status
     * @param answer the pattern of its answer; missing if it is the same
     * @param differs paths in the answer at which the two servers may differ
     */
    record Elsewhere(boolean skip, int status, JsonNode answer, Set<String> differs) {
        private static final Set<String> MEMBERS = Set.of("skip", "status", "answer", "differs", "why");

        /** Whether two answers can be compared at all. */
        boolean comparable() {
            return !skip && answer.isMissingNode();
        }
    }

    static Step of(JsonNode step) {
        requireKnown(step, MEMBERS);
        int status = step.required("status").intValue();
        String body = switch (step) {
            case JsonNode s when s.has("body") -> s.get("body").toString();
            case JsonNode s
            when s.has("lines") ->
                s.get("lines").valueStream().map(line -> line + "\n").collect(Collectors.joining());
            default -> step.path("text").asString("");
        };
        return new Step(
                step.required("request").stringValue(),
                body,
                step.has("lines"),
                status,
                step.path("answer"),
                elsewhere(step.path("elasticsearch"), status));
    }

    private static Elsewhere elsewhere(JsonNode node, int status) {
        if (node.isMissingNode()) {
            return new Elsewhere(false, status, MissingNode.getInstance(), Set.of());
        }
        requireKnown(node, Elsewhere.MEMBERS);
        if (node.required("why").stringValue().isBlank()) {
            throw new IllegalArgumentException("say why: " + node);
        }
        return new Elsewhere(
                node.path("skip").asBoolean(false),
                node.path("status").asInt(status),
                node.path("answer"),
                node.path("differs").valueStream().map(JsonNode::stringValue).collect(Collectors.toSet()));
    }

    private static void requireKnown(JsonNode node, Set<String> known) {
        var unknown = new TreeSet<>(node.propertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown members " + unknown + " in " + node);
        }
    }
}
