package io.skiff.server.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/** A server somewhere, Skiff or Elasticsearch. */
final class Server implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String name;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * A server.
     *
     * @param name what to call it
     * @param address such as {@code http://127.0.0.1:9200}
     */
    Server(String name, String address) {
        this.name = name;
        this.address = address;
    }

    /** An answer; a body that is no JSON is a string. */
    record Answer(int status, JsonNode body) {}

    Answer send(String request) throws IOException, InterruptedException {
        return send(request, "", false);
    }

    Answer send(Step step) throws IOException, InterruptedException {
        return send(step.request(), step.body(), step.lines());
    }

    Answer send(String request, String body, boolean lines) throws IOException, InterruptedException {
        String[] parts = request.split(" ", 2);
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address + parts[1]))
                .method(parts[0], body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            builder.header("Content-Type", lines ? "application/x-ndjson" : "application/json");
        }
        HttpResponse<String> response = client.send(builder.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), parse(response.body()));
    }

    private static JsonNode parse(String body) {
        if (body.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            return new StringNode(body);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
