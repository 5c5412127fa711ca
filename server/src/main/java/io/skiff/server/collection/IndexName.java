package io.skiff.server.collection;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What an index that is made here may be called: Elasticsearch's rules, which also make a name one plain folder. */
public final class IndexName {
    /** Longest name, in bytes of UTF-8: a file name has 255, and folders beside the index have its name and more. */
    public static final int MAX_BYTES = 200;

    private static final String FORBIDDEN = " \"*\\<|,>/?#:";

    private IndexName() {}

    /** What is wrong with a name, in Elasticsearch's words; empty if nothing is. */
    public static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("must not be empty");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("must not be '.' or '..'");
        }
        if (name.chars().anyMatch(each -> FORBIDDEN.indexOf(each) >= 0 || Character.isISOControl(each))) {
            return Optional.of(
                    "must not contain the following characters [' ','\"','*','\\','<','|',',','>','/','?','#',"
                            + "':'] or control characters");
        }
        if ("_-+.".indexOf(name.charAt(0)) >= 0) {
            return Optional.of("must not start with '_', '-', '+', or '.'");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("index name is too long, (" + name.getBytes(StandardCharsets.UTF_8).length + " > "
                    + MAX_BYTES + ")");
        }
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("must be lowercase");
        }
        return Optional.empty();
    }
}
