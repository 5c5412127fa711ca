package io.skiff.server.rest.index;

import io.skiff.server.collection.IndexSettings;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.TimeValue;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads the settings of an index: nested objects or names with dots, with {@code index.} before them or not, values as
 * numbers, truth values or strings, as Elasticsearch takes them all.
 */
final class SettingsParser {
    private static final int MAX_SHARDS = 1_024;
    private static final int MAX_REPLICAS = 1_000;
    private static final Duration LONGEST_SYNC_INTERVAL = Duration.ofHours(1);
    private static final Duration SHORTEST_SYNC_INTERVAL = Duration.ofMillis(100);

    private final boolean creating;
    private int shards;
    private int replicas;
    private Duration refreshInterval;
    private boolean durable;
    private Duration syncInterval;

    private SettingsParser(IndexSettings before, boolean creating) {
        this.creating = creating;
        shards = before.shards();
        replicas = before.replicas();
        refreshInterval = before.refreshInterval();
        durable = before.durable();
        syncInterval = before.syncInterval();
    }

    /**
     * The settings of a new index.
     *
     * @throws RestException if one of them is not known here, or its value is not
     */
    static IndexSettings ofNew(JsonNode settings) {
        return new SettingsParser(IndexSettings.DEFAULT, true).parse(settings);
    }

    /**
     * The settings of an index with some changed.
     *
     * @throws RestException if one of them is not known here or cannot be changed, or its value is not known
     */
    static IndexSettings change(IndexSettings before, JsonNode settings) {
        return new SettingsParser(before, false).parse(settings);
    }

    private IndexSettings parse(JsonNode settings) {
        if (!settings.isObject()) {
            throw RestException.illegalArgument("[settings] must be an object, got " + settings);
        }
        SortedMap<String, String> flat = new TreeMap<>();
        flatten("", settings, flat);
        flat.forEach(this::apply);
        return new IndexSettings(shards, replicas, refreshInterval, durable, syncInterval);
    }

    private static void flatten(String prefix, JsonNode object, Map<String, String> flat) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String path = prefix + member.getKey();
            if (member.getValue().isObject()) {
                flatten(path + ".", member.getValue(), flat);
            } else {
                String name = path.startsWith("index.") ? path.substring("index.".length()) : path;
                flat.put(
                        name,
                        member.getValue().isNull()
                                ? ""
                                : member.getValue().asString(member.getValue().toString()));
            }
        }
    }

    /** An empty value is none: the default. */
    private void apply(String name, String value) {
        switch (name) {
            case "number_of_shards" -> {
                requireCreating(name);
                shards = value.isEmpty() ? 1 : number(name, value, 1, MAX_SHARDS);
            }
            case "number_of_replicas" -> replicas = value.isEmpty() ? 0 : number(name, value, 0, MAX_REPLICAS);
            case "refresh_interval" ->
                refreshInterval =
                        value.isEmpty() ? IndexSettings.DEFAULT.refreshInterval() : refreshInterval(name, value);
            case "translog.durability" -> durable = value.isEmpty() || isRequest(name, value);
            case "translog.sync_interval" ->
                syncInterval = value.isEmpty() ? IndexSettings.DEFAULT.syncInterval() : syncInterval(name, value);
            default ->
                throw RestException.illegalArgument("unknown setting [index." + name + "]: it is not supported here;"
                        + " supported are [index.number_of_shards], [index.number_of_replicas],"
                        + " [index.refresh_interval], [index.translog.durability] and [index.translog.sync_interval]");
        }
    }

    private void requireCreating(String name) {
        if (!creating) {
            throw RestException.illegalArgument("final index setting [index." + name + "], not updateable");
        }
    }

    private static int number(String name, String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw failure(name, value, "a whole number");
        }
        throw failure(name, value, "from " + min + " to " + max);
    }

    private static RestException failure(String name, String value, String expected) {
        return RestException.illegalArgument(
                "Failed to parse value [" + value + "] for setting [index." + name + "] must be " + expected);
    }

    /** Elasticsearch's {@code -1} is never by itself. */
    private static Duration refreshInterval(String name, String value) {
        return value.equals("-1") ? Duration.ofMillis(-1) : TimeValue.parse("index." + name, value);
    }

    private static Duration syncInterval(String name, String value) {
        Duration interval = TimeValue.parse("index." + name, value);
        if (interval.compareTo(SHORTEST_SYNC_INTERVAL) < 0 || interval.compareTo(LONGEST_SYNC_INTERVAL) > 0) {
            throw failure(name, value, "from 100ms to 1h");
        }
        return interval;
    }

    private static boolean isRequest(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "request" -> true;
            case "async" -> false;
            default -> throw failure(name, value, "[request] or [async]");
        };
    }
}
