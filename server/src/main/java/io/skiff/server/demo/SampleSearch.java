package io.skiff.server.demo;

import io.skiff.index.IndexReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One question asked through a server's front door, as a stranger would ask it. */
public final class SampleSearch {
    /** Enough for the just-in-time compiler to have seen the way, and still a moment. */
    private static final int WARM_UP_REQUESTS = 200;

    private static final int MEASURED_REQUESTS = 100;
    private static final int SNIPPET_CHARACTERS = 100;
    private static final int QUERY_WORDS = 8;

    private final URI uri;
    private final String body;

    private SampleSearch(URI uri, String body) {
        this.uri = uri;
        this.body = body;
    }

    /**
     * A hit.
     *
     * @param score as the server gives it
     * @param title the document's title, or its id if it has none
     * @param snippet how its text begins, in one line
     */
    public record Hit(double score, String title, String snippet) {}

    /**
     * An answer.
     *
     * @param hits the best hits
     * @param totalHits how many documents match
     * @param medianNanos half of the measured requests took less, from sending the request to having read the answer
     */
    public record Answer(List<Hit> hits, long totalHits, long medianNanos) {
        /** Copies the list. */
        public Answer {
            hits = List.copyOf(hits);
        }

        /** How {@link #medianNanos()} was measured, in words. */
        public static String measurement() {
            return "median of " + MEASURED_REQUESTS + " requests over HTTP, after " + WARM_UP_REQUESTS + " to warm up";
        }
    }

    /** A search of an index of a server for some words. */
    public static SampleSearch of(URI server, String index, String field, String query, int size) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("query", Map.of("match", Map.of(field, query)));
        request.put("size", size);
        return new SampleSearch(
                server.resolve("/" + index + "/_search"), JsonMapper.shared().writeValueAsString(request));
    }

    /** A question that some document of a collection answers: its title, or how it begins if it has none. */
    public static String wordsOf(IndexReader reader) {
        JsonNode source =
                JsonMapper.shared().readTree(reader.segments().getFirst().source(0));
        String title = source.path("title").asString("");
        boolean isFileName = title.equals(source.path("path").asString(""));
        String words = title.isEmpty() || isFileName ? source.path("text").asString("") : title;
        return Arrays.stream(words.split("[^\\p{L}\\p{N}'-]+"))
                .filter(word -> !word.isEmpty())
                .limit(QUERY_WORDS)
                .collect(Collectors.joining(" "));
    }

    /** The command that asks the same from a shell. */
    public String curl() {
        return "curl -s '" + uri + "' -H 'Content-Type: application/json' -d '" + body.replace("'", "'\\''") + "'";
    }

    /**
     * Asks.
     *
     * @throws IOException if the server cannot be reached or refuses; the message has its answer
     */
    public Answer run() throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < WARM_UP_REQUESTS; i++) {
                send(client);
            }
            long[] nanos = new long[MEASURED_REQUESTS];
            String answer = "";
            for (int i = 0; i < MEASURED_REQUESTS; i++) {
                long start = System.nanoTime();
                answer = send(client);
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            return parse(answer, nanos[MEASURED_REQUESTS / 2]);
        }
    }

    private String send(HttpClient client) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + uri, e);
        }
        if (response.statusCode() != 200) {
            throw new IOException(uri + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static Answer parse(String answer, long medianNanos) {
        JsonNode found = JsonMapper.shared().readTree(answer).path("hits");
        List<Hit> hits = new ArrayList<>();
        for (JsonNode hit : found.path("hits")) {
            JsonNode source = hit.path("_source");
            String title = source.path("title").asString("");
            hits.add(new Hit(
                    hit.path("_score").asDouble(),
                    title.isEmpty() ? hit.path("_id").asString() : title,
                    snippet(source.path("text").asString(""))));
        }
        return new Answer(hits, found.path("total").path("value").asLong(), medianNanos);
    }

    /** The first line of a text, cut between words. */
    static String snippet(String text) {
        String line = text.lines()
                .map(each -> each.replaceAll("\\s+", " ").strip())
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
        if (line.length() <= SNIPPET_CHARACTERS) {
            return line;
        }
        int end = line.lastIndexOf(' ', SNIPPET_CHARACTERS);
        return line.substring(0, end > 0 ? end : SNIPPET_CHARACTERS) + " ...";
    }
}
