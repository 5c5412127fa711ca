package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import java.util.Collection;

/** How indexes are, in Elasticsearch's colours. */
public final class Health {
    private static final String GREEN = "green";

    private Health() {}

    /** Yellow if one of the indexes cannot be written or fails in the background, else green; all can be searched. */
    public static String of(Collections collections, Collection<String> names) {
        boolean failing = names.stream()
                .anyMatch(name ->
                        collections.live(name).flatMap(LiveIndex::failure).isPresent());
        return failing ? "yellow" : GREEN;
    }

    /** Whether a status is at least as good as another one. */
    static boolean reaches(String status, String wanted) {
        return status.equals(GREEN) || !wanted.equals(GREEN);
    }
}
