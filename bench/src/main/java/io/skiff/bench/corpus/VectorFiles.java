package io.skiff.bench.corpus;

import io.skiff.server.ingest.BadInputException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads a folder of {@code *.vec.tsv.gz} files: lines {@code id<TAB>token:weight token:weight ...}, whole weights. */
final class VectorFiles {
    private static final String SUFFIX = ".vec.tsv.gz";

    private VectorFiles() {}

    /** Hands over every vector, files in order of their names, so that the result never depends on the file system. */
    static void read(Path directory, Consumer<Map<String, Integer>> vectors) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new BadInputException(directory.toString(), "no files *" + SUFFIX + " in this folder");
        }
        for (Path file : files) {
            readFile(file, vectors);
        }
    }

    private static void readFile(Path file, Consumer<Map<String, Integer>> vectors) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file))), StandardCharsets.UTF_8))) {
            int line = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                vectors.accept(parse(text, file + ":" + ++line));
            }
        }
    }

    private static Map<String, Integer> parse(String line, String location) throws BadInputException {
        Map<String, Integer> vector = new LinkedHashMap<>();
        for (String entry : line.substring(line.indexOf('\t') + 1).split(" ")) {
            int colon = entry.lastIndexOf(':');
            if (colon < 1) {
                throw new BadInputException(location, "expected token:weight, got '" + entry + "'");
            }
            try {
                int weight = Integer.parseInt(entry.substring(colon + 1));
                vector.merge(entry.substring(0, colon), Math.clamp(weight, 1, 255), Math::max);
            } catch (NumberFormatException e) {
                throw new BadInputException(location, "expected a whole weight, got '" + entry + "'");
            }
        }
        return vector;
    }
}
