package io.skiff.server.rest.plan;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnReader;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.query.Query;
import io.skiff.server.schema.FieldType;
import io.skiff.server.schema.NumberKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The fields of a collection, as far as queries care: their types, and the tokens that texts become in them. */
public final class QueryFields {
    private final Collection collection;

    /** Of a collection. */
    public QueryFields(Collection collection) {
        this.collection = collection;
    }

    /** The type of a field whose values are kept in columns: as the mapping has it, or else as the columns show. */
    public Optional<FieldType> column(String field) {
        Optional<FieldType> mapped = collection.schema().type(field);
        return mapped.isPresent() ? mapped.filter(FieldType::isColumn) : shownByColumns(field);
    }

    private Optional<FieldType> shownByColumns(String field) {
        for (SegmentReader segment : collection.reader().segments()) {
            Optional<ColumnReader> column = SegmentColumns.column(segment, field);
            if (column.isPresent()) {
                return Optional.of(
                        switch (column.get().type()) {
                            case KEYWORD -> new FieldType.KeywordType(FieldType.KeywordType.UNLIMITED);
                            case WHOLE -> new FieldType.NumberType(NumberKind.LONG, true);
                            case REAL -> new FieldType.NumberType(NumberKind.DOUBLE, true);
                        });
            }
        }
        return Optional.empty();
    }

    /** Whether documents have tokens in a field. */
    public boolean hasTokens(String field) {
        return collection.reader().field(field).isPresent();
    }

    /** The fields, with columns or tokens, that are parts of an object of this name. */
    List<String> partsOf(String object) {
        TreeSet<String> parts = new TreeSet<>(collection.reader().fields().keySet());
        parts.addAll(collection.schema().fields().keySet());
        for (SegmentReader segment : collection.reader().segments()) {
            parts.addAll(SegmentColumns.names(segment));
        }
        parts.removeIf(name -> !name.startsWith(object + "."));
        return List.copyOf(parts);
    }

    /** How queries leave out tokens of a field unless they say otherwise. */
    Optional<Query.TokenPruning> pruning(String field) {
        Optional<FieldType> type = collection.schema().type(field);
        return type.filter(FieldType.SparseVectorType.class::isInstance)
                .flatMap(vector -> ((FieldType.SparseVectorType) vector).pruning())
                .map(pruning -> new Query.TokenPruning(
                        pruning.prune(),
                        pruning.frequencyRatioThreshold().orElse(Query.TokenPruning.DEFAULT_FREQUENCY_RATIO_THRESHOLD),
                        pruning.weightThreshold().orElse(Query.TokenPruning.DEFAULT_WEIGHT_THRESHOLD),
                        false));
    }

    /** The encoder of a field of words. */
    Optional<Bm25Encoder> words(String field) {
        Optional<SparseEncoder> encoder = collection.encoder(field);
        return encoder.filter(Bm25Encoder.class::isInstance).map(Bm25Encoder.class::cast);
    }

    /**
     * What the words of a query count for in a field. Elasticsearch has kept the factor {@code k1 + 1} of BM25, which the
     * encoder leaves out as Lucene does; other clauses beside them, and {@code min_score}, reckon with it.
     */
    float scoreFactor(String field) {
        return words(field).map(encoder -> encoder.parameters().k1() + 1).orElse(1f);
    }

    /** The distinct tokens of a text in a field of words, those too that no document has. */
    List<String> tokens(Bm25Encoder encoder, String text) {
        return tokens(encoder.encodeQuery(text, FieldStatistics.NONE));
    }

    /** The tokens of a vector. */
    static List<String> tokens(SparseVector vector) {
        List<String> tokens = new ArrayList<>(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            tokens.add(vector.token(i));
        }
        return tokens;
    }

    /** A query for one word as it stands in the index. */
    SparseVector term(Bm25Encoder encoder, String field, String token) {
        return encoder.encodeTerm(token, collection.reader().statistics(field));
    }
}
