package io.skiff.server.schema;

import io.skiff.index.columns.ColumnValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** The types of numbers. */
public enum NumberKind {
    /** 32 bits, signed. */
    INTEGER(Integer.MIN_VALUE, Integer.MAX_VALUE),
    /** 64 bits, signed. */
    LONG(Long.MIN_VALUE, Long.MAX_VALUE),
    /** IEEE single precision, finite. */
    FLOAT(0, 0),
    /** IEEE double precision, finite. */
    DOUBLE(0, 0);

    /** No number of these types has as many digits before and after its point; it would only cost time. */
    private static final int MAX_DIGITS = 1_100;

    private final BigInteger min;
    private final BigInteger max;

    NumberKind(long min, long max) {
        this.min = BigInteger.valueOf(min);
        this.max = BigInteger.valueOf(max);
    }

    /** The name of the type in mappings. */
    public String mappingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether only whole numbers are of this type. */
    public boolean isWhole() {
        return this == INTEGER || this == LONG;
    }

    /**
     * The value that a number's text stands for, rounded to what the type holds.
     *
     * @param truncate cut decimals off a whole number rather than refuse them
     * @throws NumberFormatException if it is no number
     * @throws IllegalArgumentException if it is out of range, or has decimals
     */
    public ColumnValue parse(String text, boolean truncate) {
        BigDecimal number = decimal(text);
        if (isWhole()) {
            return new ColumnValue.Whole(whole(number, text, truncate));
        }
        double value = this == FLOAT ? number.floatValue() : number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "[" + mappingName() + "] supports only finite values, but got [" + text + "]");
        }
        return new ColumnValue.Real(value);
    }

    /**
     * The number that a text is, of no more digits than any type holds.
     *
     * @throws NumberFormatException if it is none
     */
    public static BigDecimal decimal(String text) {
        try {
            if (text.length() <= MAX_DIGITS) {
                BigDecimal number = new BigDecimal(text.strip());
                if (Math.abs((long) number.scale()) <= MAX_DIGITS) {
                    return number;
                }
            }
        } catch (NumberFormatException e) {
            throw notANumber(text, e);
        }
        throw notANumber(text, null);
    }

    private static NumberFormatException notANumber(String text, NumberFormatException cause) {
        NumberFormatException failure = new NumberFormatException("For input string: \"" + preview(text) + "\"");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    private static String preview(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    private long whole(BigDecimal number, String text, boolean truncate) {
        BigDecimal cut = number.setScale(0, RoundingMode.DOWN);
        if (!truncate && cut.compareTo(number) != 0) {
            throw new IllegalArgumentException("Value [" + text + "] has a decimal part");
        }
        BigInteger value = cut.toBigInteger();
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "Value [" + text + "] is out of range for " + (this == INTEGER ? "an integer" : "a long"));
        }
        return value.longValueExact();
    }
}
