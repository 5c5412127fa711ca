package io.skiff.server.schema;

import io.skiff.server.schema.Mapping.Field;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;

/** The type that a field gets when a document brings it and the mapping lets it: Elasticsearch's choices. */
final class DynamicField {
    private static final int KEYWORD_IGNORE_ABOVE = 256;

    /** Strings of these formats become dates; a mere number, which {@code epoch_millis} would take, does not. */
    private static final DateFormat DATES = DateFormat.of("strict_date_optional_time");

    private static final DateFormat SLASHED_DATES = DateFormat.of("yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis");

    private static final int SHORTEST_DATE = "2026-01".length();

    private DynamicField() {}

    /** For the scalar at which a parser stands. */
    static Field of(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE, VALUE_FALSE -> Field.of(new FieldType.BooleanType());
            case VALUE_NUMBER_INT -> Field.of(new FieldType.NumberType(NumberKind.LONG, true));
            case VALUE_NUMBER_FLOAT -> Field.of(new FieldType.NumberType(NumberKind.FLOAT, true));
            default -> ofString(parser.getString());
        };
    }

    private static Field ofString(String text) {
        boolean datelike = text.length() >= SHORTEST_DATE && Character.isDigit(text.charAt(0));
        if (datelike && fits(DATES, text)) {
            return Field.of(new FieldType.DateType(DateFormat.DEFAULT));
        }
        if (datelike && text.indexOf('/') > 0 && fits(SLASHED_DATES, text)) {
            return Field.of(new FieldType.DateType(SLASHED_DATES));
        }
        return new Field(
                new FieldType.TextType(FieldType.Analyzer.STANDARD),
                new TreeMap<>(Map.of("keyword", new FieldType.KeywordType(KEYWORD_IGNORE_ABOVE))));
    }

    private static boolean fits(DateFormat format, String text) {
        try {
            format.parseMillis(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
