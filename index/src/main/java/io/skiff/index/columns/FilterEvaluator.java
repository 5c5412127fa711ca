package io.skiff.index.columns;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds the documents of a segment that a filter wants. A column that the segment has not is one without values.
 *
 * <p>Methods throw an {@link IllegalArgumentException} where a value is of another type than its column, and another
 * {@link RuntimeException} where the columns turn out to be damaged.
 */
public final class FilterEvaluator {
    private final ColumnsReader columns;
    private final int documentCount;

    /** Over the columns of a segment. */
    public FilterEvaluator(ColumnsReader columns) {
        this.columns = columns;
        this.documentCount = columns.documentCount();
    }

    /** The documents that a filter wants, the caller's to change. */
    public DocBits evaluate(Filter filter) {
        DocBits bits = switch (filter) {
            case Filter.All all -> DocBits.all(documentCount);
            case Filter.AnyOf anyOf -> anyOf(anyOf);
            case Filter.Range range -> range(range);
            case Filter.Exists exists -> exists(exists);
            case Filter.Prefix prefix -> prefix(prefix);
            case Filter.And and -> and(and.filters());
            case Filter.Or or -> or(or.filters());
            case Filter.Not not -> {
                DocBits wanted = evaluate(not.filter());
                wanted.flip();
                yield wanted;
            }
            case Filter.AtLeast atLeast -> atLeast(atLeast);
        };
        bits.clearTail();
        return bits;
    }

    private DocBits anyOf(Filter.AnyOf filter) {
        DocBits bits = DocBits.none(documentCount);
        columns.column(filter.column()).ifPresent(column -> {
            for (ColumnValue value : filter.values()) {
                int ordinal = column.ceiling(value);
                if (column.isAt(ordinal, value)) {
                    column.collect(ordinal, bits);
                }
            }
        });
        return bits;
    }

    private DocBits range(Filter.Range filter) {
        DocBits bits = DocBits.none(documentCount);
        columns.column(filter.column()).ifPresent(column -> {
            int from = filter.lower()
                    .map(bound -> first(column, bound, bound.inclusive()))
                    .orElse(0);
            int to = filter.upper()
                    .map(bound -> first(column, bound, !bound.inclusive()))
                    .orElse(column.valueCount());
            collect(column, from, to, bits);
        });
        return bits;
    }

    /** The first ordinal of the bound's value or after it; after it only, if it does not belong. */
    private static int first(ColumnReader column, Filter.Bound bound, boolean belongs) {
        int ordinal = column.ceiling(bound.value());
        return !belongs && column.isAt(ordinal, bound.value()) ? ordinal + 1 : ordinal;
    }

    /** Goes by whichever is less: the documents of the ordinals, or the ordinals of the documents. */
    private void collect(ColumnReader column, int from, int to, DocBits bits) {
        if (from <= 0 && to >= column.valueCount()) {
            column.collectPresent(bits);
            return;
        }
        if (column.multi() || to - from < documentCount / 2) {
            for (int ordinal = from; ordinal < to; ordinal++) {
                column.collect(ordinal, bits);
            }
            return;
        }
        for (int docId = 0; docId < documentCount; docId++) {
            int ordinal = column.firstOrdinal(docId);
            if (ordinal >= from && ordinal < to) {
                bits.set(docId);
            }
        }
    }

    private DocBits exists(Filter.Exists filter) {
        DocBits bits = DocBits.none(documentCount);
        columns.column(filter.column()).ifPresent(column -> column.collectPresent(bits));
        return bits;
    }

    private DocBits prefix(Filter.Prefix filter) {
        DocBits bits = DocBits.none(documentCount);
        columns.column(filter.column()).ifPresent(column -> {
            byte[] prefix = filter.prefix().getBytes(StandardCharsets.UTF_8);
            int ordinal = column.ceiling(new ColumnValue.Keyword(filter.prefix()));
            while (ordinal < column.valueCount() && column.startsWith(ordinal, prefix)) {
                column.collect(ordinal++, bits);
            }
        });
        return bits;
    }

    private DocBits and(List<Filter> filters) {
        DocBits bits = DocBits.all(documentCount);
        for (Filter filter : filters) {
            bits.and(evaluate(filter));
        }
        return bits;
    }

    private DocBits or(List<Filter> filters) {
        DocBits bits = DocBits.none(documentCount);
        for (Filter filter : filters) {
            bits.or(evaluate(filter));
        }
        return bits;
    }

    /** Level i holds the documents that are in more than i of the filters so far. */
    private DocBits atLeast(Filter.AtLeast filter) {
        if (filter.count() <= 0) {
            return DocBits.all(documentCount);
        }
        if (filter.count() > filter.filters().size()) {
            return DocBits.none(documentCount);
        }
        DocBits[] levels = new DocBits[filter.count()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = DocBits.none(documentCount);
        }
        for (Filter each : filter.filters()) {
            DocBits bits = evaluate(each);
            for (int i = levels.length - 1; i > 0; i--) {
                DocBits higher = DocBits.none(documentCount);
                higher.or(bits);
                higher.and(levels[i - 1]);
                levels[i].or(higher);
            }
            levels[0].or(bits);
        }
        return levels[levels.length - 1];
    }
}
