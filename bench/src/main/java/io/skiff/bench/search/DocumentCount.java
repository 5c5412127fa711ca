package io.skiff.bench.search;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads counts as people write them: 100k, 4M, 250000. */
public final class DocumentCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        int factor = lower.endsWith("m") ? 1_000_000 : lower.endsWith("k") ? 1_000 : 1;
        String digits = factor == 1 ? lower : lower.substring(0, lower.length() - 1);
        try {
            int count = Math.multiplyExact(Integer.parseInt(digits), factor);
            if (count > 0) {
                return count;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is no count such as 100k, 4M or 250000");
        }
        throw new TypeConversionException("'" + value + "' is not greater than 0");
    }
}
