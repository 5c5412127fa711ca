package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.EncoderPool;
import io.skiff.server.http.ServerOptions;
import io.skiff.server.http.ServiceOptions;
import io.skiff.server.http.SkiffServer;
import io.skiff.server.rest.query.QueryLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server over a data folder, to be written to. */
public final class LiveServer implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Collections collections;
    private final SkiffServer server;

    /** Of the indexes in a folder, which makes more as they are needed. */
    public LiveServer(Path data) throws IOException {
        this(data, WriteOptions.DEFAULT, Optional.empty());
    }

    /** The same under options. */
    public LiveServer(Path data, WriteOptions writes, Optional<Path> models) throws IOException {
        collections = Collections.open(data, new EncoderPool(), models);
        server = SkiffServer.start(
                collections,
                ServerOptions.at("127.0.0.1", 0),
                new ServiceOptions(Access.OPEN, QueryLimits.DEFAULT, writes, Optional.empty()));
    }

    /** An answer. */
    public record Answer(int status, String text) {
        /** The body. */
        public JsonNode json() {
            return MAPPER.readTree(text);
        }

        /** A member of the body as text, names on the way to it joined by slashes. */
        public String at(String path) {
            return json().at("/" + path).asString();
        }
    }

    /** Where it is served. */
    public String address() {
        return "http://127.0.0.1:" + server.address().getPort();
    }

    /** The answer to a request, such as {@code PUT /i}; single quotes in the body stand for double ones. */
    public Answer send(String methodAndPath, String body) throws IOException, InterruptedException {
        String[] parts = methodAndPath.split(" ", 2);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + parts[1]))
                .method(
                        parts[0],
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"')));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** The same without a body. */
    public Answer send(String methodAndPath) throws IOException, InterruptedException {
        return send(methodAndPath, "");
    }

    @Override
    public void close() {
        server.close();
        collections.close();
        client.close();
    }
}
