package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import java.util.List;
import java.util.stream.Stream;

/**
 * How indexes are; all can be searched.
 *
 * @param status in Elasticsearch's colours: yellow if one of the indexes cannot be written, fails in the background or
 *     misses a model, else green
 * @param missingModels why models cannot be opened
 */
public record Health(String status, List<String> missingModels) {
    private static final String GREEN = "green";
    private static final String YELLOW = "yellow";

    /** Of one index, and of the models that it needs. */
    public static Health of(Collections collections, String name) {
        List<String> missing = missingModels(collections, name);
        boolean fails = collections.live(name).flatMap(LiveIndex::failure).isPresent();
        return new Health(fails || !missing.isEmpty() ? YELLOW : GREEN, missing);
    }

    /** Of all indexes, and of all models that have a name or that fields were made by. */
    static Health of(Collections collections) {
        List<Health> indexes =
                collections.names().stream().map(name -> of(collections, name)).toList();
        List<String> missing = Stream.concat(
                        collections.models().failures().values().stream(),
                        indexes.stream().flatMap(index -> index.missingModels.stream()))
                .distinct()
                .toList();
        boolean allGreen = indexes.stream().allMatch(index -> index.status.equals(GREEN));
        return new Health(allGreen && missing.isEmpty() ? GREEN : YELLOW, missing);
    }

    private static List<String> missingModels(Collections collections, String name) {
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

    /** Whether the status is at least as good as another one. */
    boolean reaches(String wanted) {
        return status.equals(GREEN) || !wanted.equals(GREEN);
    }
}
