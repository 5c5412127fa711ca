package io.skiff.server.rest;

import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** {@code GET /_cat/indices}, {@code GET /_cat/indices/{index}}: the indexes and their sizes, always as JSON, every value a string as Elasticsearch has it. */
final class CatIndicesEndpoint implements Endpoint {
    static final Set<String> PARAMETERS = Set.of("format");

    private final Collections collections;

    CatIndicesEndpoint(Collections collections) {
        this.collections = collections;
    }

    @Override
    public Response answer(Request request) {
        requireJson(request);
        List<String> asked = Indices.names(collections, request);
        return Response.json(request, json -> {
            json.writeStartArray();
            asked.forEach(name -> collections.acquire(name).ifPresent(collection -> {
                try (collection) {
                    write(json, collection);
                }
            }));
            json.writeEndArray();
        });
    }

    /** Tables for people are not written. */
    static void requireJson(Request request) {
        String format = request.parameter("format").orElse("json");
        if (!format.equals("json")) {
            throw RestException.illegalArgument("[format] = [" + format + "] is not supported, only [json]");
        }
    }

    private static void write(JsonGenerator json, Collection collection) {
        String bytes = size(collection.reader().directory()) + "b";
        json.writeStartObject();
        json.writeStringProperty("health", "green");
        json.writeStringProperty("status", "open");
        json.writeStringProperty("index", collection.name());
        json.writeStringProperty("pri", "1");
        json.writeStringProperty("rep", "0");
        json.writeStringProperty("docs.count", Long.toString(collection.reader().documentCount()));
        json.writeStringProperty("docs.deleted", "0");
        json.writeStringProperty("store.size", bytes);
        json.writeStringProperty("pri.store.size", bytes);
        json.writeStringProperty("dataset.size", bytes);
        json.writeEndObject();
    }

    private static long size(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(java.io.File::isFile)
                    .mapToLong(java.io.File::length)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
