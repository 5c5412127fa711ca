package io.skiff.server.rest.highlight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The texts in a document's source, by the paths of their members: {@code title}, {@code author.name}. A list has several.
 */
final class SourceTexts {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What a chunk's source says of its place; see {@code ChunkSource}. */
    private static final String CHUNK_NUMBER = "_chunk.number";

    private final Map<String, List<String>> byPath = new LinkedHashMap<>();
    private final boolean furtherChunk;

    private SourceTexts(JsonNode source) {
        collect("", source);
        furtherChunk = source.path("_chunk").path("number").asInt(0) > 0;
        byPath.remove(CHUNK_NUMBER);
    }

    /** Those of a source; none where it is no JSON object. */
    static SourceTexts of(byte[] source) {
        try {
            return new SourceTexts(source.length == 0 ? JSON.createObjectNode() : JSON.readTree(source));
        } catch (JacksonException e) {
            // By convention only is a stored source JSON: what is none has no texts.
            return new SourceTexts(JSON.createObjectNode());
        }
    }

    private void collect(String path, JsonNode node) {
        if (node.isString()) {
            byPath.computeIfAbsent(path, each -> new ArrayList<>()).add(node.stringValue());
        } else if (node.isArray()) {
            node.forEach(element -> collect(path, element));
        } else if (node.isObject()) {
            String prefix = path.isEmpty() ? "" : path + ".";
            node.properties().forEach(member -> collect(prefix + member.getKey(), member.getValue()));
        }
    }

    /** The texts of a member, in their order; none if it has none. */
    List<String> at(String path) {
        return byPath.getOrDefault(path, List.of());
    }

    /** The paths of all members with a text, in the source's order. */
    List<String> paths() {
        return List.copyOf(byPath.keySet());
    }

    /** Whether the source is a chunk of a document, and not the first: then it begins behind the title. */
    boolean isFurtherChunk() {
        return furtherChunk;
    }
}
