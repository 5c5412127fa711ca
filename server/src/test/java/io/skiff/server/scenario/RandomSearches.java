package io.skiff.server.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random searches over the same random texts in two servers: both must find the same documents, give each of them nearly
 * the same score, and mark the same words of it.
 */
final class RandomSearches {
    private static final int DOCUMENTS = 500;
    private static final int SEARCHES = 100;
    private static final int WORDS = 350;
    private static final int TOP = 10;

    /**
     * Of a score. Lucene keeps the length of a text in a byte, so that 59 words count as 56; Skiff keeps that as it is, and
     * in 8 bits what a word counts for in a document.
     */
    private static final double SCORE_TOLERANCE = 0.04;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Server elasticsearch;
    private final Server skiff;
    private final long seed = Long.getLong("skiff.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> complaints = new ArrayList<>();
    private double largestDeviation;
    private int sameFirst;
    private int searchesWithHits;
    private int sameTop;
    private int top;

    RandomSearches(Server elasticsearch, Server skiff) {
        this.elasticsearch = elasticsearch;
        this.skiff = skiff;
    }

    /** What differs, after all searches. */
    List<String> complaints() throws IOException, InterruptedException {
        String documents = IntStream.range(0, DOCUMENTS)
                .mapToObj(i -> "{\"index\":{\"_id\":\"" + i + "\"}}\n{\"text\":\"" + text() + "\"}\n")
                .collect(Collectors.joining());
        for (Server server : List.of(elasticsearch, skiff)) {
            server.send("DELETE /random");
            server.send("PUT /random", "{\"mappings\":{\"properties\":{\"text\":{\"type\":\"text\"}}}}", false);
            server.send("POST /random/_bulk?refresh=true", documents, true);
        }
        for (int i = 0; i < SEARCHES; i++) {
            compare(query());
        }
        for (Server server : List.of(elasticsearch, skiff)) {
            server.send("DELETE /random");
        }
        System.out.printf(
                "largest deviation of a score %.4f, same first hit in %d of %d searches, same document in %d of the %d"
                        + " first %d ranks, skiff.seed=%d%n",
                largestDeviation, sameFirst, searchesWithHits, sameTop, top, TOP, seed);
        return complaints.isEmpty() ? complaints : List.of("skiff.seed=" + seed, String.join("\n", complaints));
    }

    private void compare(String query) throws IOException, InterruptedException {
        String body = "{\"size\":" + DOCUMENTS + ",\"_source\":false,\"query\":" + query
                + ",\"highlight\":{\"number_of_fragments\":0,\"fields\":{\"text\":{}}}}";
        JsonNode there =
                elasticsearch.send("POST /random/_search", body, false).body().path("hits");
        JsonNode here = skiff.send("POST /random/_search", body, false).body().path("hits");
        expect(there.path("total").equals(here.path("total")), query, there.path("total"), here.path("total"));
        Map<String, JsonNode> thereById = byId(there);
        Map<String, JsonNode> hereById = byId(here);
        if (!thereById.keySet().equals(hereById.keySet())) {
            expect(false, query, thereById.keySet(), hereById.keySet());
            return;
        }
        thereById.forEach((id, hit) -> {
            double one = hit.path("_score").doubleValue();
            double other = hereById.get(id).path("_score").doubleValue();
            double deviation = Math.abs(one - other) / Math.max(one, 1e-3);
            largestDeviation = Math.max(largestDeviation, deviation);
            expect(deviation <= SCORE_TOLERANCE, query + " on " + id, one, other);
        });
        countSame(there.path("hits"), here.path("hits"));
        here.path("hits").valueStream().limit(TOP).forEach(hit -> {
            JsonNode marked = thereById.get(hit.path("_id").asString()).path("highlight");
            expect(marked.equals(hit.path("highlight")), query, marked, hit.path("highlight"));
        });
    }

    private void countSame(JsonNode there, JsonNode here) {
        searchesWithHits += here.isEmpty() ? 0 : 1;
        for (int i = 0; i < Math.min(TOP, here.size()); i++) {
            boolean same = there.get(i).path("_id").equals(here.get(i).path("_id"));
            sameTop += same ? 1 : 0;
            sameFirst += same && i == 0 ? 1 : 0;
            top++;
        }
    }

    private static Map<String, JsonNode> byId(JsonNode hits) {
        Map<String, JsonNode> byId = new TreeMap<>();
        hits.path("hits").forEach(hit -> byId.put(hit.path("_id").asString(), hit));
        return byId;
    }

    private void expect(boolean same, String what, Object there, Object here) {
        if (!same) {
            complaints.add(what + "\n    Elasticsearch " + there + "\n    Skiff         " + here);
        }
    }

    /** 5 to 60 words in sentences. */
    private String text() {
        StringBuilder text = new StringBuilder();
        int length = 5 + random.nextInt(56);
        for (int i = 0; i < length; i++) {
            text.append(text.isEmpty() ? "" : random.nextInt(8) == 0 ? ". " : " ")
                    .append(word());
        }
        return text.append('.').toString();
    }

    /** The first ones are the frequent ones. */
    private String word() {
        int word = (int) (WORDS * Math.pow(random.nextDouble(), 3));
        return "" + "bdfgklmnprstvz".charAt(word % 14) + "aeiou".charAt(word / 14 % 5) + "n"
                + "aeiou".charAt(word / 70);
    }

    private String words() {
        Set<String> words = new HashSet<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            words.add(word());
        }
        return String.join(" ", words);
    }

    private String query() {
        List<Supplier<Map<String, Object>>> kinds = List.of(
                this::match,
                () -> match("operator", "and"),
                () -> match("minimum_should_match", "2"),
                () -> match("boost", 1 + random.nextInt(3)),
                () -> Map.of("bool", Map.of("should", List.of(match(), match()))),
                () -> Map.of("bool", Map.of("must", List.of(match()), "should", List.of(match()))),
                () -> Map.of("bool", Map.of("must", List.of(match()), "must_not", List.of(match()))),
                () -> Map.of("bool", Map.of("must", List.of(match(), match()))),
                () -> Map.of("bool", Map.of("should", List.of(match(), match(), match()), "minimum_should_match", 2)),
                () -> Map.of("term", Map.of("text", word())));
        return MAPPER.writeValueAsString(kinds.get(random.nextInt(kinds.size())).get());
    }

    private Map<String, Object> match() {
        return match("boost", 1);
    }

    private Map<String, Object> match(String option, Object value) {
        return Map.of("match", Map.of("text", Map.of("query", words(), option, value)));
    }
}
