package io.skiff.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of {@code --encoder} that this version knows. */
enum EncoderArgument {
    BM25,
    NONE;

    /** Tells a model's folder from a misspelled name. */
    static final class Converter implements ITypeConverter<EncoderArgument> {
        @Override
        public EncoderArgument convert(String value) {
            return switch (value) {
                case "bm25" -> BM25;
                case "none" -> NONE;
                default ->
                    throw new TypeConversionException(
                            Files.isDirectory(Path.of(value))
                                    ? "'" + value + "' is a folder, and encoding with models is not available in this"
                                            + " version; expected bm25 or none"
                                    : "expected bm25 or none, got '" + value + "'");
            };
        }
    }
}
