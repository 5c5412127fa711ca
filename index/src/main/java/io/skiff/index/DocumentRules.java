package io.skiff.index;

import io.skiff.index.columns.ColumnType;
import io.skiff.index.columns.ColumnValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Refuses documents, and strings of them, that cannot be stored as they are. */
final class DocumentRules {
    /** Refuses a document that breaks a rule, whatever others there are. */
    void check(Document document) {
        String name = "document '" + checkId(document.id()) + "'";
        checkSource(name, document.source());
        document.vectors().forEach((field, vector) -> {
            checkFieldName(name, field);
            checkSize(name, field, vector);
            for (int i = 0; i < vector.size(); i++) {
                checkString(name, "the token", vector.token(i), Limits.MAX_TOKEN_BYTES);
            }
        });
        checkColumns(name, document.columns());
    }

    /** Refuses an id that is absent, empty, too long or not well-formed; returns it. */
    String checkId(String id) {
        if (id == null || id.isEmpty()) {
            throw new InvalidDocumentException("a document has no id; every document needs one that is not empty");
        }
        String name = "document '" + abbreviate(id) + "'";
        checkString(name, "its id", id, Limits.MAX_ID_BYTES);
        return id;
    }

    /** Refuses a source that is too long. */
    void checkSource(String document, byte[] source) {
        if (source.length > Limits.MAX_SOURCE_BYTES) {
            throw new InvalidDocumentException(
                    document + ": its source has " + source.length + " bytes, the limit is " + Limits.MAX_SOURCE_BYTES);
        }
    }

    /** Refuses a vector of too many tokens. */
    void checkSize(String document, String field, SparseVector vector) {
        if (vector.size() > Limits.MAX_VECTOR_TOKENS) {
            throw new InvalidDocumentException(document + ": its vector of field '" + field + "' has " + vector.size()
                    + " tokens, the limit is " + Limits.MAX_VECTOR_TOKENS);
        }
    }

    /** Refuses columns that have bad names, too many values, keywords too long, or values of several types. */
    void checkColumns(String document, Map<String, List<ColumnValue>> columns) {
        columns.forEach((name, values) -> {
            if (name.isEmpty()) {
                throw new InvalidDocumentException(document + ": a column has an empty name");
            }
            checkString(document, "the column name", name, Limits.MAX_FIELD_NAME_BYTES);
            String column = document + ", column '" + name + "'";
            if (values.size() > Limits.MAX_COLUMN_VALUES) {
                throw new InvalidDocumentException(
                        column + " has " + values.size() + " values, the limit is " + Limits.MAX_COLUMN_VALUES);
            }
            for (ColumnValue value : values) {
                checkType(column, ColumnType.of(values.getFirst()), value);
                if (value instanceof ColumnValue.Keyword(String keyword)) {
                    checkString(column, "the keyword", keyword, ColumnValue.MAX_KEYWORD_BYTES);
                }
            }
        });
    }

    /** Refuses a value that is not of its column's type. */
    static void checkType(String column, ColumnType expected, ColumnValue value) {
        if (ColumnType.of(value) != expected) {
            throw new InvalidDocumentException(column + " is of type " + expected + " and got the value " + value);
        }
    }

    /** Refuses the name of a field that is empty, too long or not well-formed. */
    void checkFieldName(String where, String field) {
        if (field.isEmpty()) {
            throw new InvalidDocumentException(where + ": a field has an empty name");
        }
        checkString(where, "the field name", field, Limits.MAX_FIELD_NAME_BYTES);
    }

    /** Refuses a string that is longer than a limit in UTF-8, or not well-formed. */
    void checkString(String where, String what, String string, int maxBytes) {
        if (!isWellFormed(string)) {
            throw new InvalidDocumentException(
                    where + ": " + what + " '" + abbreviate(string) + "' is not well-formed Unicode");
        }
        // No char takes more than three bytes.
        if (string.length() > maxBytes / 3) {
            int bytes = string.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                throw new InvalidDocumentException(where + ": " + what + " '" + abbreviate(string) + "' has " + bytes
                        + " bytes of UTF-8, the limit is " + maxBytes);
            }
        }
    }

    /** Unpaired surrogates would all be stored as '?', so that two different strings became one. */
    private static boolean isWellFormed(String string) {
        for (int i = 0; i < string.length(); i++) {
            char unit = string.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean isPair = Character.isHighSurrogate(unit)
                        && i + 1 < string.length()
                        && Character.isLowSurrogate(string.charAt(i + 1));
                if (!isPair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String abbreviate(String string) {
        return string.length() <= 80 ? string : string.substring(0, 80) + "...";
    }
}
