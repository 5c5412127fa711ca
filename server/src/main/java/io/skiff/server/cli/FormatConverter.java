package io.skiff.server.cli;

import io.skiff.server.ingest.InputFormat;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --format}, where auto is no format. */
final class FormatConverter implements ITypeConverter<Optional<InputFormat>> {
    static final String AUTO = "auto";

    @Override
    public Optional<InputFormat> convert(String value) {
        if (value.equals(AUTO)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(InputFormat.values())
                .filter(format -> format.toString().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected auto, beir, vectors, msmarco or ciff, got '" + value + "'")));
    }
}
