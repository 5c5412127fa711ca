package io.skiff.server.rest.search;

import io.skiff.server.rest.JsonReader;
import java.util.List;

/**
 * {@code ext.skiff}: what Elasticsearch does not have.
 *
 * @param approximate leave out what will hardly change the hits
 * @param threads that may work on the search, 1 or more
 * @param words tell every word that a highlighted text owes its place to, and what it did
 */
record SkiffOptions(boolean approximate, int threads, boolean words) {
    static final SkiffOptions DEFAULT = new SkiffOptions(false, 1, false);

    private static final int MAX_THREADS = 256;

    /** Reads {@code ext}. */
    static SkiffOptions parse(JsonReader json) {
        var reading = new Object() {
            boolean approximate;
            int threads = 1;
            boolean words;
        };
        json.object("ext", extension -> {
            if (!extension.equals("skiff")) {
                throw json.unknown("ext", extension, List.of("skiff"));
            }
            json.object("ext.skiff", member -> {
                switch (member) {
                    case "mode" -> reading.approximate = approximate(json);
                    case "threads" -> reading.threads = threads(json);
                    case "words" -> reading.words = json.bool("words");
                    default -> throw json.unknown("ext.skiff", member, List.of("mode", "threads", "words"));
                }
            });
        });
        return new SkiffOptions(reading.approximate, reading.threads, reading.words);
    }

    private static boolean approximate(JsonReader json) {
        String mode = json.string("mode");
        return switch (mode) {
            case "exact" -> false;
            case "approx" -> true;
            default -> throw json.fail("[ext.skiff.mode] must be [exact] or [approx], got [" + mode + "]");
        };
    }

    private static int threads(JsonReader json) {
        int threads = json.integer("threads");
        if (threads < 1 || threads > MAX_THREADS) {
            throw json.fail("[ext.skiff.threads] must be in 1.." + MAX_THREADS + ", got " + threads);
        }
        return threads;
    }
}
