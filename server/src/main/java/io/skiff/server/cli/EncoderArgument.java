package io.skiff.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --encoder}. */
sealed interface EncoderArgument {
    /** {@code bm25}. */
    record Bm25() implements EncoderArgument {}

    /** {@code none}. */
    record None() implements EncoderArgument {}

    /** A model's folder. */
    record Model(Path folder) implements EncoderArgument {}

    /** Tells a model's folder from a misspelled name. */
    final class Converter implements ITypeConverter<EncoderArgument> {
        @Override
        public EncoderArgument convert(String value) {
            return switch (value) {
                case "bm25" -> new Bm25();
                case "none" -> new None();
                default -> {
                    if (!Files.isDirectory(Path.of(value))) {
                        throw new TypeConversionException(
                                "expected bm25, none or a model's folder, got '" + value + "', which is no folder");
                    }
                    yield new Model(Path.of(value));
                }
            };
        }
    }
}
