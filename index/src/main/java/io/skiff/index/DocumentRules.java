package io.skiff.index;

import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** Refuses strings that cannot be stored as they are. Not safe for use by several threads. */
final class DocumentRules {
    // Unpaired surrogates would all be stored as '?', so that two different strings became one.
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();

    /** Refuses an id that is absent, empty, too long or not well-formed; returns it. */
    String checkId(String id) {
        if (id == null || id.isEmpty()) {
            throw new InvalidDocumentException("a document has no id; every document needs one that is not empty");
        }
        String name = "document '" + abbreviate(id) + "'";
        checkString(name, "its id", id, Limits.MAX_ID_BYTES);
        return id;
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
        if (!encoder.canEncode(string)) {
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

    private static String abbreviate(String string) {
        return string.length() <= 80 ? string : string.substring(0, 80) + "...";
    }
}
