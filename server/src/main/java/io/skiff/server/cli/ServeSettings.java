package io.skiff.server.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Settings of the server beside its options, which win over them: the environment ({@code SKIFF_MAX_BODY_BYTES} for
 * {@code --max-body-bytes}), then a file of lines {@code max-body-bytes = 1000}.
 */
final class ServeSettings {
    private final Map<String, String> environment;
    private final Properties properties;
    private final String file;

    private ServeSettings(Map<String, String> environment, Properties properties, String file) {
        this.environment = environment;
        this.properties = properties;
        this.file = file;
    }

    /**
     * Reads them.
     *
     * @param names of the settings that there are
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it has a setting that there is not
     */
    static ServeSettings read(Map<String, String> environment, Optional<Path> file, Set<String> names)
            throws IOException {
        Properties properties = new Properties();
        if (file.isPresent()) {
            try (Reader reader = Files.newBufferedReader(file.get())) {
                properties.load(reader);
            }
            for (String name : properties.stringPropertyNames()) {
                if (!names.contains(name)) {
                    throw new IllegalArgumentException(
                            file.get() + ": there is no setting '" + name + "'; there are " + new TreeSet<>(names));
                }
            }
        }
        return new ServeSettings(
                environment, properties, file.map(Path::toString).orElse(""));
    }

    /**
     * A setting, if it is there.
     *
     * @throws IllegalArgumentException if {@code parse} throws it; the message says where the value stands
     */
    <T> Optional<T> find(String name, Function<String, T> parse) {
        String variable = "SKIFF_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        if (environment.containsKey(variable)) {
            return Optional.of(parse("the environment's " + variable, environment.get(variable), parse));
        }
        String value = properties.getProperty(name);
        return value == null ? Optional.empty() : Optional.of(parse(file + ": " + name, value.strip(), parse));
    }

    private static <T> T parse(String where, String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(where + ": '" + value + "' is no whole number", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }
}
