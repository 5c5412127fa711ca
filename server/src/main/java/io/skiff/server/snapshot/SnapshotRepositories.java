package io.skiff.server.snapshot;

import io.skiff.server.collection.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The repositories that were registered, remembered in a file, {@code {"NAME": "LOCATION"}}. Safe for use by several
 * threads.
 */
public final class SnapshotRepositories {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;
    private final Optional<Path> root;

    /**
     * Those that a file remembers.
     *
     * @param file none are remembered if it is not there
     * @param root below which all of them are; without one none can be used
     */
    public SnapshotRepositories(Path file, Optional<Path> root) {
        this.file = file;
        this.root = root;
    }

    /** The locations by the names of the repositories. */
    public synchronized SortedMap<String, String> all() {
        SortedMap<String, String> locations = new TreeMap<>();
        try {
            if (Files.exists(file)) {
                for (Map.Entry<String, JsonNode> each :
                        MAPPER.readTree(Files.readAllBytes(file)).properties()) {
                    locations.put(each.getKey(), each.getValue().stringValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(new IOException(file + " is damaged: " + e.getMessage(), e));
        }
        return locations;
    }

    /**
     * Registers a repository, in place of the one of its name if there is one.
     *
     * @throws IllegalArgumentException if the location is not below the root
     */
    public synchronized void register(String name, String location) throws IOException {
        Files.createDirectories(folder(location));
        SortedMap<String, String> locations = all();
        locations.put(name, location);
        write(locations);
    }

    /** Forgets a repository, whose files stay; false if it is not there. */
    public synchronized boolean remove(String name) throws IOException {
        SortedMap<String, String> locations = all();
        if (locations.remove(name) == null) {
            return false;
        }
        write(locations);
        return true;
    }

    private void write(SortedMap<String, String> locations) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        locations.forEach(json::put);
        Files.createDirectories(file.getParent());
        DurableFiles.write(file, MAPPER.writeValueAsBytes(json));
    }

    /**
     * The repository of a name.
     *
     * @throws IllegalArgumentException if its location is not below the root any more
     */
    public Optional<SnapshotRepository> find(String name) throws IOException {
        String location = all().get(name);
        return location == null ? Optional.empty() : Optional.of(new SnapshotRepository(folder(location)));
    }

    private Path folder(String location) throws IOException {
        Path allowed = root.orElseThrow(() -> new IllegalArgumentException(
                "there can be no repository, since the server was started without a folder for them (--snapshots)"));
        Files.createDirectories(allowed);
        Path real = allowed.toRealPath();
        Path folder;
        try {
            folder = real.resolve(location).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("location [" + location + "] is no path", e);
        }
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        boolean below = folder.startsWith(real)
                && !folder.equals(real)
                && existing.toRealPath().startsWith(real);
        if (!below) {
            throw new IllegalArgumentException("location [" + location
                    + "] doesn't match any of the locations specified by path.repo, which is the folder that the server was"
                    + " given for them");
        }
        return folder;
    }
}
