package io.skiff.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the search page by name; nothing else can be reached through it. */
public final class SearchPage {
    /** The file that is the page itself. */
    public static final String START = "index.html";

    /** What the page may load: its own files and this server's answers, nothing from elsewhere, nothing inline. */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            START,
            "text/html; charset=utf-8",
            "search.css",
            "text/css; charset=utf-8",
            "search.js",
            SCRIPT,
            "pane.js",
            SCRIPT,
            "hits.js",
            SCRIPT,
            "why.js",
            SCRIPT,
            "tip.js",
            SCRIPT,
            "api.js",
            SCRIPT,
            "dom.js",
            SCRIPT,
            "icon.svg",
            "image/svg+xml");

    /**
     * One file.
     *
     * @param mediaType its Content-Type
     * @param bytes its content
     */
    public record File(String mediaType, byte[] bytes) {}

    private final Map<String, File> files;

    private SearchPage(Map<String, File> files) {
        this.files = files;
    }

    /** Reads the files from the class path. */
    public static SearchPage load() {
        Map<String, File> files = new TreeMap<>();
        MEDIA_TYPES.forEach((name, mediaType) -> files.put(name, new File(mediaType, read(name))));
        return new SearchPage(files);
    }

    private static byte[] read(String name) {
        try (InputStream in = SearchPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("file " + name + " of the search page is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read file " + name + " of the search page", e);
        }
    }

    /** The file of that name. */
    public Optional<File> file(String name) {
        return Optional.ofNullable(files.get(name));
    }
}
