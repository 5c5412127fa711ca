package io.skiff.server.rest;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The media types that Elasticsearch's clients speak, and what a browser asks for. */
final class MediaTypes {
    static final String JSON = "application/json";

    private static final Pattern COMPATIBLE =
            Pattern.compile("application/vnd\\.elasticsearch\\+json\\s*;\\s*compatible-with\\s*=\\s*([89])");
    private static final Set<String> BODIES = Set.of(
            JSON,
            "application/x-ndjson",
            "application/vnd.elasticsearch+json",
            "application/vnd.elasticsearch+x-ndjson");

    private MediaTypes() {}

    /** The JSON type to answer with: the versioned one where the request accepts it, else the plain one. */
    static String jsonFor(Optional<String> accept) {
        return accept.filter(value -> !value.equals(JSON))
                .map(value -> COMPATIBLE.matcher(value.toLowerCase(Locale.ROOT)))
                .filter(Matcher::find)
                .map(matcher -> "application/vnd.elasticsearch+json;compatible-with=" + matcher.group(1))
                .orElse(JSON);
    }

    /**
     * Refuses a body that does not say that it is JSON. A form on a web page cannot send JSON's type to another site
     * without that site's leave, so this also keeps pages from talking to a server on the reader's own machine.
     */
    static void requireJsonBody(Request request) {
        String type = request.header("content-type").orElse("");
        if (request.body().length == 0 || BODIES.contains(type)) {
            return;
        }
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!BODIES.contains(essence)) {
            throw new RestException(
                    406,
                    "media_type_header_exception",
                    "Content-Type header [" + type + "] is not supported; send the body as [" + JSON + "]");
        }
    }

    /** Whether the request would rather have HTML than JSON, as a browser does that someone points at the server. */
    static boolean prefersHtml(Request request) {
        double html = 0;
        double json = 0;
        for (String range : request.header("accept").orElse("").split(",")) {
            String[] parts = range.strip().toLowerCase(Locale.ROOT).split(";");
            double quality = quality(parts);
            String type = parts[0].strip();
            if (type.equals("text/html") || type.equals("application/xhtml+xml")) {
                html = Math.max(html, quality);
            } else if (type.endsWith("json")) {
                json = Math.max(json, quality);
            }
        }
        return html > json;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0; // what cannot be read is not preferred
                }
            }
        }
        return 1;
    }
}
