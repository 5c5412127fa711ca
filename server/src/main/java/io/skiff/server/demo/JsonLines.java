package io.skiff.server.demo;

import io.skiff.server.ingest.BadInputException;
import io.skiff.server.ingest.InputRecord;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a file of one {@code {"_id": ..., "title": ..., "text": ...}} a line; title may be missing. */
final class JsonLines implements Closeable {
    private final String path;
    private final BufferedReader reader;
    private int line;

    private JsonLines(String path, BufferedReader reader) {
        this.path = path;
        this.reader = reader;
    }

    /** Opens a file; {@code path} is what its documents' ids begin with. */
    static JsonLines open(Path file, String path) throws IOException {
        return new JsonLines(path, Files.newBufferedReader(file, StandardCharsets.UTF_8));
    }

    /**
     * The next document, or empty at the end.
     *
     * @throws BadInputException if the next line is no such document
     * @throws java.nio.charset.CharacterCodingException if the file is not UTF-8
     */
    Optional<InputRecord> next() throws IOException {
        for (String content = reader.readLine(); content != null; content = reader.readLine()) {
            line++;
            if (!content.isBlank()) {
                return Optional.of(record(content));
            }
        }
        return Optional.empty();
    }

    private InputRecord record(String content) throws BadInputException {
        String location = path + ":" + line;
        JsonNode document;
        try {
            document = JsonMapper.shared().readTree(content);
        } catch (JacksonException e) {
            throw new BadInputException(location, "no JSON: " + e.getOriginalMessage());
        }
        JsonNode id = document.path("_id");
        if (!id.isString() && !id.isIntegralNumber()) {
            throw new BadInputException(location, "expected an object with \"_id\", a string");
        }
        if (!document.path("text").isString()) {
            throw new BadInputException(location, "expected an object with \"text\", a string");
        }
        String title = document.path("title").asString("");
        String text = document.path("text").asString();
        return new InputRecord(
                path + "#" + id.asString(),
                title + "\n" + text,
                Optional.empty(),
                content.getBytes(StandardCharsets.UTF_8),
                location);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
