package io.skiff.server.schema;

/** How truth values are written. */
public final class BooleanValue {
    private BooleanValue() {}

    /**
     * The value of {@code true} or {@code false}; nothing at all is false.
     *
     * @throws IllegalArgumentException if the text is none of them
     */
    public static boolean parse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false", "" -> false;
            default ->
                throw new IllegalArgumentException(
                        "Failed to parse value [" + text + "] as only [true] or [false] are allowed.");
        };
    }
}
