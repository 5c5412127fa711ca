package io.skiff.bench.quality;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a metric on the command line. */
public final class MetricConverter implements ITypeConverter<Metric> {
    @Override
    public Metric convert(String value) {
        try {
            return Metric.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
