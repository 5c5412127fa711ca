package io.skiff.server.ingest;

/** Joins what a document is encoded from. */
final class Texts {
    private Texts() {}

    /** Title and text with a space between; either may be null or empty. */
    static String join(String title, String text) {
        if (title == null || title.isEmpty()) {
            return text == null ? "" : text;
        }
        return text == null || text.isEmpty() ? title : title + " " + text;
    }
}
