package io.skiff.server.rest.search;

import io.skiff.index.columns.ColumnType;
import io.skiff.index.columns.ColumnValue;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.plan.QueryFields;
import io.skiff.server.schema.DateFormat;
import io.skiff.server.schema.FieldType;
import io.skiff.server.schema.NumberKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what the keys of an order are on an index. */
final class SortResolver {
    private final QueryFields fields;

    SortResolver(QueryFields fields) {
        this.fields = fields;
    }

    /**
     * The keys.
     *
     * @throws RestException if the index cannot sort so
     */
    List<SortField> resolve(List<SortKey> keys) {
        List<SortField> resolved = new ArrayList<>();
        for (SortKey key : keys) {
            resolved.add(
                    switch (key) {
                        case SortKey.ByScore(boolean descending) -> new SortField.ByScore(descending);
                        case SortKey.ByInsertion(boolean descending) -> new SortField.ByInsertion(descending);
                        case SortKey.ByField field -> column(field);
                    });
        }
        return resolved;
    }

    private SortField column(SortKey.ByField key) {
        Optional<FieldType> type = fields.column(key.field());
        if (type.isEmpty() && fields.hasTokens(key.field())) {
            throw RestException.illegalArgument("[sort] needs a keyword, number, boolean or date field, and ["
                    + key.field() + "] is none: its values are words or weights");
        }
        SortFormat format = type.map(found -> format(key, found)).orElseGet(() -> unmapped(key));
        boolean first = key.missing().equals(SortKey.ByField.FIRST);
        boolean integer = type.map(found -> found.name().equals("integer"))
                .orElse(key.unmappedType().equals(Optional.of("integer")));
        ColumnValue missing = first || key.missing().equals(SortKey.ByField.LAST)
                ? extreme(format.type(), integer, first == key.descending())
                : format.parse("[missing]", key.missing());
        boolean largest = key.mode() == SortKey.Mode.MAX;
        return new SortField.ByColumn(key.field(), key.descending(), largest, missing, first, format);
    }

    /** A number that comes behind, or before, all others; keywords have no such value. */
    private static ColumnValue extreme(ColumnType type, boolean integer, boolean largest) {
        return switch (type) {
            case KEYWORD -> null;
            case WHOLE ->
                integer
                        ? new ColumnValue.Whole(largest ? Integer.MAX_VALUE : Integer.MIN_VALUE)
                        : new ColumnValue.Whole(largest ? Long.MAX_VALUE : Long.MIN_VALUE);
            case REAL -> new ColumnValue.Real(largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        };
    }

    private static SortFormat format(SortKey.ByField key, FieldType type) {
        if (type instanceof FieldType.DateType(DateFormat format)) {
            DateFormat dates = key.format().map(SortResolver::dateFormat).orElse(format);
            return new SortFormat(ColumnType.WHOLE, false, Optional.of(dates), key.format());
        }
        if (key.format().isPresent()) {
            throw RestException.illegalArgument(
                    "[sort] by [" + key.field() + "] of type [" + type.name() + "] does not support [format]");
        }
        if (type instanceof FieldType.NumberType(NumberKind kind, boolean coerce) && kind == NumberKind.FLOAT) {
            return new SortFormat(ColumnType.REAL, true, Optional.empty(), Optional.empty());
        }
        return SortFormat.of(
                switch (type) {
                    case FieldType.KeywordType keyword -> ColumnType.KEYWORD;
                    case FieldType.NumberType(NumberKind kind, boolean coerce) ->
                        kind.isWhole() ? ColumnType.WHOLE : ColumnType.REAL;
                    default -> ColumnType.WHOLE;
                });
    }

    private static DateFormat dateFormat(String pattern) {
        try {
            return DateFormat.of(pattern);
        } catch (IllegalArgumentException e) {
            throw RestException.illegalArgument(e.getMessage());
        }
    }

    private static SortFormat unmapped(SortKey.ByField key) {
        String type = key.unmappedType()
                .orElseThrow(() -> new RestException(
                        400,
                        "query_shard_exception",
                        "No mapping found for [" + key.field() + "] in order to sort on"));
        return SortFormat.of(
                switch (type) {
                    case "keyword" -> ColumnType.KEYWORD;
                    case "float", "double" -> ColumnType.REAL;
                    case "integer", "long", "boolean", "date" -> ColumnType.WHOLE;
                    default ->
                        throw RestException.illegalArgument("[unmapped_type] must be keyword, integer, long, float,"
                                + " double, boolean or date, got [" + type + "]");
                });
    }
}
