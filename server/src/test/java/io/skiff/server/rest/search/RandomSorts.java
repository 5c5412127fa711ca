package io.skiff.server.rest.search;

import io.skiff.index.columns.ColumnValue;
import io.skiff.server.rest.search.OracleIndex.Doc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Orders of every kind over the fields of an {@link OracleIndex}, and what they mean. */
final class RandomSorts {
    /** A document to be put in order. */
    record Sortable(Doc doc, double score, int ordinal) {}

    private final Random random;

    RandomSorts(Random random) {
        this.random = random;
    }

    /** Keys of which the last tells all documents apart. */
    List<SortKey> keys() {
        List<SortKey> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(key());
        }
        keys.add(new SortKey.ByInsertion(random.nextBoolean()));
        return keys;
    }

    private SortKey key() {
        boolean descending = random.nextBoolean();
        if (random.nextInt(4) == 0) {
            return new SortKey.ByScore(descending);
        }
        String field = List.of("tag", "n", "x", "part.rare", "nope").get(random.nextInt(5));
        String value = field.equals("tag") ? "green" : field.equals("x") ? "2.25" : "3";
        String missing = List.of("_last", "_first", value).get(random.nextInt(3));
        SortKey.Mode mode = random.nextBoolean() ? SortKey.Mode.MIN : SortKey.Mode.MAX;
        Optional<String> unmapped = field.equals("nope") ? Optional.of("long") : Optional.empty();
        return new SortKey.ByField(field, descending, mode, missing, unmapped, Optional.empty());
    }

    /** The ids of documents in the order of keys. */
    List<String> sorted(List<Sortable> documents, List<SortKey> keys) {
        Comparator<Sortable> order = (a, b) -> {
            for (SortKey key : keys) {
                int byKey = compare(key, a, b);
                if (byKey != 0) {
                    return byKey;
                }
            }
            return 0;
        };
        return documents.stream()
                .sorted(order)
                .map(sortable -> sortable.doc().id())
                .toList();
    }

    private static int compare(SortKey key, Sortable a, Sortable b) {
        return switch (key) {
            case SortKey.ByScore(boolean descending) -> {
                int order = Double.compare(ShownScore.of(a.score()), ShownScore.of(b.score()));
                yield descending ? -order : order;
            }
            case SortKey.ByInsertion(boolean descending) -> {
                int order = Integer.compare(a.ordinal(), b.ordinal());
                yield descending ? -order : order;
            }
            case SortKey.ByField field -> compare(field, value(field, a.doc()), value(field, b.doc()));
        };
    }

    private static int compare(SortKey.ByField key, ColumnValue a, ColumnValue b) {
        if (a == null || b == null) {
            int order = Boolean.compare(a == null, b == null);
            return key.missing().equals("_first") ? -order : order;
        }
        int order = compare(a, b);
        return key.descending() ? -order : order;
    }

    private static int compare(ColumnValue a, ColumnValue b) {
        return switch (a) {
            case ColumnValue.Keyword(String text) ->
                Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8),
                        ((ColumnValue.Keyword) b).value().getBytes(StandardCharsets.UTF_8));
            case ColumnValue.Whole(long whole) -> Long.compare(whole, ((ColumnValue.Whole) b).value());
            case ColumnValue.Real(double real) -> Double.compare(real, ((ColumnValue.Real) b).value());
        };
    }

    private static ColumnValue value(SortKey.ByField key, Doc doc) {
        List<ColumnValue> values = doc.columns().getOrDefault(key.field(), List.of());
        Comparator<ColumnValue> order = RandomSorts::compare;
        if (!values.isEmpty()) {
            return key.mode() == SortKey.Mode.MAX
                    ? values.stream().max(order).orElseThrow()
                    : values.stream().min(order).orElseThrow();
        }
        if (key.missing().startsWith("_")) {
            return null;
        }
        return switch (key.field()) {
            case "tag" -> new ColumnValue.Keyword(key.missing());
            case "x" -> new ColumnValue.Real(Double.parseDouble(key.missing()));
            default -> new ColumnValue.Whole(Long.parseLong(key.missing()));
        };
    }

    /** A value as an answer has it. */
    static Optional<String> text(ColumnValue value) {
        return switch (value) {
            case null -> Optional.empty();
            case ColumnValue.Keyword(String text) -> Optional.of(text);
            case ColumnValue.Whole(long whole) -> Optional.of(Long.toString(whole));
            case ColumnValue.Real(double real) -> Optional.of(Double.toString(real));
        };
    }
}
