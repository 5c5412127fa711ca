package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import java.util.List;
import java.util.stream.Stream;

/** How indexes are, in Elasticsearch's colours. */
public final class Health {
    private static final String GREEN = "green";
    private static final String YELLOW = "yellow";

    private Health() {}

    /**
     * Yellow if one of the indexes cannot be written, fails in the background or misses a model, else green; all can be
     * searched.
     */
    public static String of(Collections collections, java.util.Collection<String> names) {
        boolean failing = names.stream()
                .anyMatch(name ->
                        collections.live(name).flatMap(LiveIndex::failure).isPresent()
                                || !missingModels(collections, name).isEmpty());
        return failing ? YELLOW : GREEN;
    }

    /** The same of all indexes, and yellow too if a model that has a name cannot be opened. */
    static String of(Collections collections) {
        return collections.models().failures().isEmpty() ? of(collections, collections.names()) : YELLOW;
    }

    /** Why models cannot be opened: those that have a name, and those that fields were made by. */
    static List<String> missingModels(Collections collections) {
        return Stream.concat(
                        collections.models().failures().values().stream(),
                        collections.names().stream().flatMap(name -> missingModels(collections, name).stream()))
                .distinct()
                .toList();
    }

    /** Why models cannot be opened that an index needs. */
    static List<String> missingModels(Collections collections, String name) {
        return collections
                .acquire(name)
                .map(collection -> {
                    try (collection) {
                        return collection.missingModels().stream()
                                .map(reason -> "index [" + name + "], " + reason)
                                .toList();
                    }
                })
                .orElse(List.of());
    }

    /** Whether a status is at least as good as another one. */
    static boolean reaches(String status, String wanted) {
        return status.equals(GREEN) || !wanted.equals(GREEN);
    }
}
