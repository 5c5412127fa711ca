package io.skiff.server.rest;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collections;
import io.skiff.server.http.SkiffServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server over a small index of real structure: text under {@code text}, vectors under {@code sv}. */
public final class ServedIndex implements AutoCloseable {
    static final List<String> TEXTS = List.of(
            "A skiff is a small boat for one or two people",
            "Boats and ships carry people over the sea",
            "The sparse vector of a text has few tokens",
            "Nothing in common with the others");

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Collections collections;
    private final SkiffServer server;

    /** Builds the index in a folder and serves it. */
    public ServedIndex(Path data) throws IOException {
        build(data.resolve("docs"));
        collections = Collections.open(data);
        server = SkiffServer.start(collections, "127.0.0.1", 0);
    }

    private static void build(Path directory) throws IOException {
        try (Bm25Encoder encoder = Bm25Encoder.calibratedOn(Bm25Encoder.Parameters.DEFAULT, TEXTS)) {
            Map<String, FieldOptions> fields =
                    Map.of("text", new FieldOptions(Optional.of(encoder.quantizer()), encoder.attributes()));
            try (IndexBuilder builder = IndexBuilder.create(directory, fields, false)) {
                List<SparseVector> encoded = encoder.encodeDocuments(TEXTS);
                for (int i = 0; i < TEXTS.size(); i++) {
                    Map<String, SparseVector> vectors = new HashMap<>();
                    vectors.put("text", encoded.get(i));
                    vectors.put("sv", SparseVector.of(Map.of("all", 1f, "own" + i, 10f + i)));
                    builder.add(new Document("d" + i, vectors, source(i)));
                }
                builder.commit();
            }
        }
    }

    private static byte[] source(int i) {
        return MAPPER.writeValueAsString(Map.of("title", "Title " + i, "text", TEXTS.get(i), "meta", Map.of("n", i)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Where it is served. */
    public String address() {
        return "http://127.0.0.1:" + server.address().getPort();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).header("Content-Type", "application/json");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path));
    }

    HttpResponse<String> search(String body) throws IOException, InterruptedException {
        return send(to("/docs/_search").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> response) {
        return MAPPER.readTree(response.body());
    }

    @Override
    public void close() {
        server.close();
        collections.close();
        client.close();
    }
}
