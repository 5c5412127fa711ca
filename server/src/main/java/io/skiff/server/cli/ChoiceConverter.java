package io.skiff.server.cli;

import io.skiff.server.ingest.InputFormat;
import io.skiff.server.ingest.QueryFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of a few values as they are written on the command line, in lower case. */
class ChoiceConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] choices;

    ChoiceConverter(E[] choices) {
        this.choices = choices;
    }

    @Override
    public E convert(String value) {
        Optional<E> choice =
                Arrays.stream(choices).filter(each -> name(each).equals(value)).findFirst();
        return choice.orElseThrow(() -> new TypeConversionException("expected one of "
                + Arrays.stream(choices).map(ChoiceConverter::name).collect(Collectors.joining(", ")) + ", got '"
                + value + "'"));
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    /** Of {@code --queries-format}. */
    static final class Queries extends ChoiceConverter<QueryFormat> {
        Queries() {
            super(QueryFormat.values());
        }
    }

    /** Of {@code --format}, where auto is null. */
    static final class Format extends ChoiceConverter<InputFormat> {
        Format() {
            super(InputFormat.values());
        }

        @Override
        public InputFormat convert(String value) {
            return value.equals("auto") ? null : super.convert(value);
        }
    }
}
