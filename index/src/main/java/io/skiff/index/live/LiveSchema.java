package io.skiff.index.live;

import io.skiff.index.FieldInfo;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexReader;
import io.skiff.index.InvalidDocumentException;
import io.skiff.index.Limits;
import io.skiff.index.Quantizer;
import io.skiff.index.SegmentReader;
import io.skiff.index.columns.ColumnReader;
import io.skiff.index.columns.ColumnType;
import io.skiff.index.columns.ColumnValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the fields and columns of a live index are. Safe for use by several threads. */
final class LiveSchema {
    private final Map<String, FieldOptions> defined = new ConcurrentHashMap<>();
    private final Map<String, ColumnType> columnTypes = new ConcurrentHashMap<>();
    private final Set<String> fieldNames = ConcurrentHashMap.newKeySet();

    /** Learns what the segments have. */
    void learn(IndexReader reader) {
        fieldNames.addAll(reader.fields().keySet());
        for (SegmentReader segment : reader.segments()) {
            segment.columns().ifPresent(columns -> {
                for (ColumnReader column : columns.columns().values()) {
                    columnTypes.put(column.name(), column.type());
                }
            });
        }
    }

    /** Fixes the options of a field. */
    void define(String field, FieldOptions options) {
        defined.put(field, options);
        fieldNames.add(field);
    }

    /** What {@link #define} was told. */
    Optional<FieldOptions> defined(String field) {
        return Optional.ofNullable(defined.get(field));
    }

    /**
     * Refuses a document that does not fit the others, and takes note of what it brings.
     *
     * @throws InvalidDocumentException that names the document and what is wrong
     */
    void verify(LiveDocument document) {
        document.document().verify();
        String name = "document '" + document.id() + "'";
        document.columns().forEach((column, values) -> {
            if (!values.isEmpty()) {
                verifyColumn(name, column, values.getFirst());
            }
        });
        for (String field : document.vectors().keySet()) {
            if (!fieldNames.contains(field)) {
                requireRoom(name, "fields", fieldNames.size(), Limits.MAX_FIELDS);
                fieldNames.add(field);
            }
        }
    }

    private void verifyColumn(String document, String column, ColumnValue value) {
        ColumnType type = columnTypes.get(column);
        if (type == null) {
            requireRoom(document, "columns", columnTypes.size(), Limits.MAX_COLUMNS);
            type = columnTypes.merge(column, ColumnType.of(value), (before, now) -> before);
        }
        if (ColumnType.of(value) != type) {
            throw new InvalidDocumentException(
                    document + ", column '" + column + "' is of type " + type + " and got the value " + value);
        }
    }

    private static void requireRoom(String document, String what, int count, int limit) {
        if (count >= limit) {
            throw new InvalidDocumentException(
                    document + ": with its " + what + " the index had more than " + limit + ", the limit");
        }
    }

    /** The options of fields that documents have and segments have not; each with a scale. */
    Map<String, FieldOptions> newFields(Map<String, FieldWeights> weights, Map<String, FieldInfo> known) {
        Map<String, FieldOptions> options = new HashMap<>();
        weights.forEach((field, seen) -> {
            if (!known.containsKey(field)) {
                FieldOptions given = defined.getOrDefault(field, FieldOptions.DEFAULT);
                Quantizer quantizer = given.quantizer().orElseGet(seen::quantizer);
                options.put(field, new FieldOptions(Optional.of(quantizer), given.attributes()));
            }
        });
        return options;
    }

    /**
     * The scales that fields should have instead of those that they have, because of documents that are to be added: a
     * weight lies above the scale, or is no whole number where all were so far. A scale that was given is never changed.
     */
    Map<String, Quantizer> unfit(Map<String, FieldWeights> weights, IndexReader reader) {
        Map<String, Quantizer> better = new HashMap<>();
        weights.forEach((field, seen) -> {
            FieldInfo known = reader.fields().get(field);
            boolean given = defined.getOrDefault(field, FieldOptions.DEFAULT)
                    .quantizer()
                    .isPresent();
            if (known != null && !given && !seen.fit(known.quantizer())) {
                int largestImpact = reader.segments().stream()
                        .mapToInt(segment -> segment.largestImpact(field))
                        .max()
                        .orElse(0);
                FieldWeights before = new FieldWeights(
                        known.quantizer().weight(largestImpact),
                        known.quantizer().equals(Quantizer.IDENTITY),
                        known.postingCount());
                better.put(field, seen.and(before).quantizer());
            }
        });
        return better;
    }
}
