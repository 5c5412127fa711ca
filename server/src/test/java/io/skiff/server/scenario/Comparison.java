package io.skiff.server.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Two servers' answers to one request, member by member. Left out are times, names and sizes that are each server's own;
 * of errors only status and types are compared, since Skiff's reasons say more (scenarios say where they are the same).
 */
final class Comparison {
    /** How far apart two scores may be, relative to the larger one. */
    private final double scoreTolerance;

    private final Set<String> differs;
    private final List<String> differences = new ArrayList<>();

    private static final Set<String> OWN = Set.of(
            "took",
            "uuid",
            "index_uuid",
            "creation_date",
            "created",
            "version",
            "routing",
            "cluster_name",
            "cluster",
            "epoch",
            "timestamp",
            "nodes",
            "store.size",
            "pri.store.size",
            "dataset.size",
            "_skiff");
    private static final Set<String> OF_ERRORS = Set.of("type", "root_cause");

    private Comparison(double scoreTolerance, Set<String> differs) {
        this.scoreTolerance = scoreTolerance;
        this.differs = differs;
    }

    /**
     * Where two bodies differ.
     *
     * @param differs paths that are not looked at, without the numbers of elements, such as {@code hits.hits.sort}
     */
    static List<String> differences(
            JsonNode elasticsearch, JsonNode skiff, double scoreTolerance, Set<String> differs) {
        Comparison comparison = new Comparison(scoreTolerance, differs);
        comparison.compare(elasticsearch, skiff, "");
        return comparison.differences;
    }

    private void compare(JsonNode elasticsearch, JsonNode skiff, String path) {
        if (differs.contains(path)) {
            return;
        }
        if (elasticsearch.isObject() && skiff.isObject()) {
            var names = new TreeSet<>(elasticsearch.propertyNames());
            names.addAll(skiff.propertyNames());
            for (String name : names) {
                String below = path.isEmpty() ? name : path + "." + name;
                if (isCompared(name, path)) {
                    compare(elasticsearch.path(name), skiff.path(name), below);
                }
            }
        } else if (elasticsearch.isArray() && skiff.isArray() && elasticsearch.size() == skiff.size()) {
            for (int i = 0; i < skiff.size(); i++) {
                compare(elasticsearch.get(i), skiff.get(i), path);
            }
        } else if (elasticsearch.isNumber() && skiff.isNumber()) {
            double one = elasticsearch.doubleValue();
            double other = skiff.doubleValue();
            double tolerance = isScore(path) ? scoreTolerance * Math.max(Math.abs(one), Math.abs(other)) : 0;
            note(Math.abs(one - other) <= tolerance, elasticsearch, skiff, path);
        } else {
            boolean neither = elasticsearch.isMissingNode() && skiff.isMissingNode();
            note(neither || elasticsearch.equals(skiff), elasticsearch, skiff, path);
        }
    }

    private static boolean isCompared(String name, String path) {
        if (OWN.contains(name) || (name.equals("total") && path.endsWith("_shards"))) {
            return false;
        }
        return !(path.equals("error") || path.endsWith(".error") || path.endsWith("root_cause"))
                || OF_ERRORS.contains(name);
    }

    private static boolean isScore(String path) {
        return path.endsWith("_score") || path.endsWith(".sort");
    }

    private void note(boolean same, JsonNode elasticsearch, JsonNode skiff, String path) {
        if (!same) {
            differences.add(path + ": Elasticsearch " + told(elasticsearch) + ", Skiff " + told(skiff));
        }
    }

    private static String told(JsonNode node) {
        return node.isMissingNode() ? "has none" : node.toString();
    }
}
