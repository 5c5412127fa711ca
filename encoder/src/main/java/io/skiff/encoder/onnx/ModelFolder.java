package io.skiff.encoder.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a model: {@code model.onnx}, {@code tokenizer.json} or {@code vocab.txt}, and optionally
 * {@code skiff.json} and {@code idf.json}.
 *
 * @param model the graph; absent only where the folder holds fixed query weights alone
 * @param tokenizer {@code tokenizer.json} or {@code vocab.txt}
 * @param queryWeights the file of fixed query weights
 */
record ModelFolder(
        Path folder, Optional<Path> model, Path tokenizer, Optional<Path> queryWeights, ModelSettings settings) {
    private static final String MODEL = "model.onnx";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String VOCABULARY = "vocab.txt";
    private static final String QUERY_WEIGHTS = "idf.json";

    /**
     * Looks at a folder.
     *
     * @throws IOException if something that is needed is not there; the message says what was found and what is missing
     */
    static ModelFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder + " is no folder; a model is a folder with " + MODEL + " and "
                    + TOKENIZER + " (or " + VOCABULARY + ")");
        }
        ModelSettings settings = ModelSettings.read(folder);
        Optional<Path> model = file(folder, MODEL);
        Optional<Path> queryWeights = settings.queryWeights().isPresent()
                ? Optional.of(required(folder, settings.queryWeights().get()))
                : file(folder, QUERY_WEIGHTS);
        if (model.isEmpty() && (queryWeights.isEmpty() || settings.role() == ModelSettings.Role.DOCUMENT)) {
            throw missing(folder, MODEL);
        }
        Optional<Path> tokenizer = file(folder, TOKENIZER).or(() -> file(folder, VOCABULARY));
        if (tokenizer.isEmpty()) {
            throw missing(folder, TOKENIZER + " or " + VOCABULARY);
        }
        return new ModelFolder(folder, model, tokenizer.get(), queryWeights, settings);
    }

    private static Optional<Path> file(Path folder, String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    private static Path required(Path folder, String name) throws IOException {
        Optional<Path> file = file(folder, name);
        if (file.isEmpty()) {
            throw missing(folder, name + ", which its " + ModelSettings.FILE + " names");
        }
        return file.get();
    }

    private static IOException missing(Path folder, String what) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> found = files.map(file -> file.getFileName().toString())
                    .sorted()
                    .limit(20)
                    .toList();
            return new IOException("model folder " + folder + " has no " + what + "; found: "
                    + (found.isEmpty() ? "nothing" : String.join(", ", found)));
        }
    }
}
