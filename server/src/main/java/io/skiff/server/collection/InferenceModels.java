package io.skiff.server.collection;

import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The models that have a name, and the folder that they are in. Remembered in a file, {@code {"NAME": "FOLDER"}}, folders
 * relative to that of all models. Safe for use by several threads.
 */
public final class InferenceModels {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceModels.class);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;
    private final Optional<Path> directory;
    private final EncoderPool pool;
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private volatile SortedMap<String, String> folders;

    private InferenceModels(Path file, Optional<Path> directory, EncoderPool pool, SortedMap<String, String> folders) {
        this.file = file;
        this.directory = directory;
        this.pool = pool;
        this.folders = folders;
    }

    /**
     * Those that a file remembers; none if it is not there.
     *
     * @param directory below which every model is; without one none can be named
     * @throws IOException if the file cannot be read; the message names it
     */
    static InferenceModels open(Path file, Optional<Path> directory, EncoderPool pool) throws IOException {
        SortedMap<String, String> folders = new TreeMap<>();
        if (Files.exists(file)) {
            try {
                MAPPER.readTree(Files.readAllBytes(file))
                        .properties()
                        .forEach(each ->
                                folders.put(each.getKey(), each.getValue().stringValue()));
            } catch (JacksonException e) {
                throw new IOException(file + " does not hold the names of models: " + e.getMessage(), e);
            }
        }
        InferenceModels models = new InferenceModels(file, directory, pool, folders);
        models.lookForFolders();
        return models;
    }

    /** The folders of the models by the models' names. */
    public SortedMap<String, String> all() {
        return Collections.unmodifiableSortedMap(folders);
    }

    /**
     * Names a model.
     *
     * @param folder in the folder of all models
     * @throws IllegalArgumentException if it is no folder in there, or the name is taken by another one
     * @throws IOException if it holds no model that can be opened
     */
    public synchronized void register(String id, String folder) throws IOException {
        String known = folders.get(id);
        if (known != null && !known.equals(folder)) {
            throw new IllegalArgumentException(
                    "Inference endpoint [" + id + "] exists already, with the model in [" + known + "]");
        }
        encoder(folder);
        SortedMap<String, String> more = new TreeMap<>(folders);
        more.put(id, folder);
        write(more);
        failures.remove(id);
    }

    /**
     * Forgets a name; fields that were made by the model keep it.
     *
     * @return whether it was there
     */
    public synchronized boolean remove(String id) throws IOException {
        SortedMap<String, String> fewer = new TreeMap<>(folders);
        if (fewer.remove(id) == null) {
            return false;
        }
        write(fewer);
        failures.remove(id);
        return true;
    }

    private void write(SortedMap<String, String> changed) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        changed.forEach(json::put);
        Files.createDirectories(file.getParent());
        DurableFiles.write(file, MAPPER.writeValueAsBytes(json));
        folders = changed;
    }

    /**
     * The model of a name, opened.
     *
     * @throws UnknownModelException if there is none of that name
     * @throws EncodingException if it cannot be opened any more
     */
    public SparseEncoder require(String id) {
        String folder = folders.get(id);
        if (folder == null) {
            throw new UnknownModelException(id);
        }
        try {
            SparseEncoder encoder = encoder(folder);
            failures.remove(id);
            return encoder;
        } catch (IOException | IllegalArgumentException e) {
            throw new EncodingException(failed(id, e), EncodingException.NO_TEXT, e);
        }
    }

    /** The same, but something that fails wherever it is used in place of a model that cannot be opened. */
    SparseEncoder requireOrMissing(String id) {
        try {
            return require(id);
        } catch (EncodingException e) {
            return new MissingModel(Map.of(), e.problem());
        }
    }

    /** Remembers why a model cannot be opened, and logs what is new; returns it. */
    private String failed(String id, Exception e) {
        String reason = "model [" + id + "] cannot be opened: " + e.getMessage();
        if (!reason.equals(failures.put(id, reason))) {
            LOG.error("{}; what needs it fails", reason);
        }
        return reason;
    }

    /** Why models cannot be opened, by their names: of those whose folder is gone, and those found damaged when used. */
    public SortedMap<String, String> failures() {
        return new TreeMap<>(failures);
    }

    /** Looks for the folders of all models; opens none, which takes long and may never be needed. */
    private void lookForFolders() {
        folders.forEach((id, folder) -> {
            try {
                model(folder);
            } catch (IOException | IllegalArgumentException e) {
                failed(id, e);
            }
        });
    }

    private SparseEncoder encoder(String folder) throws IOException {
        return pool.openModel(model(folder));
    }

    private Path model(String folder) throws IOException {
        Path root = directory
                .orElseThrow(() -> new IllegalArgumentException(
                        "no model can be named, since the server was started without a folder of models (--models)"))
                .toRealPath();
        Path model = root.resolve(folder).normalize();
        if (!model.startsWith(root) || model.equals(root) || !Files.isDirectory(model)) {
            throw new IllegalArgumentException("[" + folder + "] is no folder in the folder of models");
        }
        if (!model.toRealPath().startsWith(root)) {
            throw new IllegalArgumentException("[" + folder + "] leads out of the folder of models");
        }
        return model;
    }
}
