package io.skiff.server.rest.plan;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.EncodingException;
import io.skiff.encoder.TokenPruning;
import io.skiff.index.SparseVector;
import io.skiff.index.columns.Filter;
import io.skiff.scoring.SparseQuery;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.UnknownModelException;
import io.skiff.server.rest.DocumentFailure;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.MinimumShouldMatch;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.Query.Operator;
import io.skiff.server.rest.query.Query.VectorSource;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.schema.FieldType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says what queries come to on an index. One serves one request, all of whose queries have the same {@code now}.
 *
 * <p>Methods throw a {@link RestException} where the index cannot answer a query.
 */
public final class QueryPlanner {
    private final Collection collection;
    private final QueryFields fields;
    private final FieldValues values = new FieldValues(new DateMath(Instant.now()));
    private final int maxTokens;
    private final PlanObserver observer;
    private int tokenCount;

    /** For the queries of a request. */
    public QueryPlanner(Collection collection, QueryLimits limits) {
        this(collection, limits, PlanObserver.NONE);
    }

    /** For the queries of a request, each of whose texts and vectors the observer is told of. */
    public QueryPlanner(Collection collection, QueryLimits limits, PlanObserver observer) {
        this.observer = observer;
        this.collection = collection;
        this.fields = new QueryFields(collection);
        this.maxTokens = limits.maxTokens();
    }

    /** How to find the best documents of a query. */
    public QueryPlan plan(Query query) {
        return LinearPlan.plan(node(query));
    }

    /** The documents that match a query. */
    public DocumentSet documents(Query query) {
        return node(query).matches();
    }

    private ScoreNode node(Query query) {
        tokenCount = 0;
        return node(query, 1);
    }

    private ScoreNode node(Query query, float factor) {
        float boost = factor * query.boost();
        if (!Float.isFinite(boost)) {
            throw RestException.illegalArgument("a [boost] that comes to " + boost + " is not supported");
        }
        return switch (query) {
            case Query.MatchAll all -> new ScoreNode.Constant(DocumentSet.everything(), boost);
            case Query.MatchNone none -> ScoreNode.nothing();
            case Query.Match match ->
                match(match.field(), match.text(), match.operator(), match.minimumShouldMatch(), boost);
            case Query.MultiMatch match -> multiMatch(match, boost);
            case Query.Sparse sparse ->
                product(sparse.field(), pruned(sparse, vector(sparse)), boost * scoreFactor(sparse));
            case Query.Bool bool -> bool(bool, boost);
            case Query.ConstantScore constant -> new ScoreNode.Constant(set(constant.filter()), boost);
            case Query.Term term -> term(term, boost);
            case Query.Terms terms -> new ScoreNode.Constant(terms(terms), boost);
            case Query.Range range -> new ScoreNode.Constant(range(range), boost);
            case Query.Prefix prefix -> new ScoreNode.Constant(prefix(prefix), boost);
            case Query.Exists exists -> new ScoreNode.Constant(exists(exists.field()), boost);
            case Query.Ids ids -> new ScoreNode.Constant(new DocumentSet.Ids(ids.values()), boost);
        };
    }

    private DocumentSet set(Query query) {
        return node(query, 1).matches();
    }

    private ScoreNode bool(Query.Bool bool, float boost) {
        int optionalCount = bool.should().size();
        boolean hasRequired = !bool.must().isEmpty() || !bool.filter().isEmpty();
        if (!hasRequired && optionalCount == 0 && bool.mustNot().isEmpty()) {
            return new ScoreNode.Constant(DocumentSet.everything(), boost);
        }
        int asked = bool.minimumShouldMatch()
                .map(minimum -> minimum.of(optionalCount))
                .orElse(0);
        int minimum = optionalCount > 0 && !hasRequired ? Math.max(1, asked) : asked;
        if (minimum > optionalCount) {
            return ScoreNode.nothing();
        }
        List<DocumentSet> sets = new ArrayList<>();
        bool.filter().forEach(query -> sets.add(set(query)));
        bool.mustNot().forEach(query -> sets.add(set(query).not()));
        return new ScoreNode.Sum(
                bool.must().stream().map(query -> node(query, boost)).toList(),
                bool.should().stream().map(query -> node(query, boost)).toList(),
                minimum,
                DocumentSet.all(sets));
    }

    private ScoreNode multiMatch(Query.MultiMatch match, float boost) {
        List<ScoreNode> nodes = new ArrayList<>();
        for (Query.WeightedField field : match.fields()) {
            ScoreNode node = match(
                    field.field(), match.text(), match.operator(), match.minimumShouldMatch(), boost * field.boost());
            if (!node.equals(ScoreNode.nothing())) {
                nodes.add(node);
            }
        }
        if (nodes.size() <= 1) {
            return nodes.isEmpty() ? ScoreNode.nothing() : nodes.getFirst();
        }
        return match.tieBreaker() == 1
                ? new ScoreNode.Sum(List.of(), nodes, 1, DocumentSet.everything())
                : new ScoreNode.Best(nodes, match.tieBreaker());
    }

    private ScoreNode match(
            String field, String text, Operator operator, Optional<MinimumShouldMatch> minimum, float boost) {
        Optional<FieldType> column = fields.column(field);
        if (column.isPresent()) {
            return new ScoreNode.Constant(values.anyOf(field, column.get(), List.of(text)), boost);
        }
        if (!fields.hasTokens(field)) {
            return ScoreNode.nothing(); // as Elasticsearch: what no document has, no document matches
        }
        if (collection.encoder(field).isEmpty()) {
            throw RestException.illegalArgument("[match] needs a field made from text, and field [" + field
                    + "] of index [" + collection.name()
                    + "] holds vectors only; query it with [sparse_vector]");
        }
        ScoreNode any = product(field, encode(field, text), boost * fields.scoreFactor(field));
        if (operator == Operator.OR && minimum.isEmpty()) {
            return any;
        }
        Optional<Bm25Encoder> words = fields.words(field);
        if (words.isEmpty()) {
            throw RestException.illegalArgument("[match] with [operator] [and] or [minimum_should_match] needs a field"
                    + " of words, and the tokens of field [" + field + "] are a model's");
        }
        List<String> tokens = fields.tokens(words.get(), text);
        int needed = operator == Operator.AND
                ? tokens.size()
                : tokens.size() <= 1 ? 1 : minimum.orElseThrow().of(tokens.size());
        if (needed > tokens.size()) {
            return ScoreNode.nothing();
        }
        return needed <= 1
                ? any
                : new ScoreNode.Sum(List.of(any), List.of(), 0, new DocumentSet.Tokens(field, tokens, needed));
    }

    /** Words are words, whichever query they stand in; a vector is taken as it is. */
    private float scoreFactor(Query.Sparse sparse) {
        return sparse.source() instanceof VectorSource.Inferred inferred
                        && inferred.inferenceId().isEmpty()
                ? fields.scoreFactor(sparse.field())
                : 1;
    }

    private SparseVector vector(Query.Sparse sparse) {
        return switch (sparse.source()) {
            case VectorSource.Given given -> {
                observer.given(sparse.field(), given.vector());
                yield given.vector();
            }
            case VectorSource.Inferred inferred -> encoded(sparse, inferred);
        };
    }

    /** By the model that is named, or else by the field's own. */
    private SparseVector encoded(Query.Sparse sparse, VectorSource.Inferred inferred) {
        if (inferred.inferenceId().isPresent()) {
            return encode(
                    sparse.field(), inferred.text(), inferred.inferenceId().get());
        }
        if (!fields.hasTokens(sparse.field())) {
            return SparseVector.EMPTY;
        }
        if (collection.encoder(sparse.field()).isEmpty()) {
            throw RestException.illegalArgument("[" + sparse.kind() + "] with a text needs a field made from text, and"
                    + " field [" + sparse.field() + "] of index [" + collection.name() + "] holds vectors only");
        }
        return encode(sparse.field(), inferred.text());
    }

    private SparseVector encode(String field, String text) {
        return encoded(field, text, () -> collection.encodeQuery(field, text));
    }

    private SparseVector encode(String field, String text, String model) {
        return encoded(field, text, () -> collection.encodeQuery(field, text, model));
    }

    private SparseVector encoded(String field, String text, Supplier<SparseVector> encoding) {
        long start = System.nanoTime();
        try {
            SparseVector vector = encoding.get();
            observer.encoded(field, text, vector, System.nanoTime() - start);
            return vector;
        } catch (EncodingException | UnknownModelException e) {
            throw DocumentFailure.of(e);
        }
    }

    private SparseVector pruned(Query.Sparse sparse, SparseVector vector) {
        Optional<Query.TokenPruning> asked =
                sparse.pruning().or(() -> fields.pruning(sparse.field())).filter(Query.TokenPruning::prune);
        if (asked.isEmpty()) {
            return vector;
        }
        SparseVector kept = new TokenPruning(
                        asked.get().frequencyRatioThreshold(),
                        asked.get().weightThreshold(),
                        asked.get().onlyScorePruned())
                .prune(vector, collection.tokenStatistics(sparse.field()));
        observer.pruned(sparse.field(), vector, kept);
        return kept;
    }

    private ScoreNode product(String field, SparseVector vector, float boost) {
        if (vector.isEmpty()) {
            return ScoreNode.nothing();
        }
        tokenCount += vector.size();
        if (tokenCount > maxTokens) {
            throw new RestException(
                    400, "too_many_clauses", "a query may have at most " + maxTokens + " tokens, this one has more");
        }
        return boost > 0
                ? new ScoreNode.Product(new SparseQuery(List.of(new SparseQuery.Clause(field, vector, boost))))
                : new ScoreNode.Constant(new DocumentSet.Tokens(field, QueryFields.tokens(vector), 1), 0);
    }

    private ScoreNode term(Query.Term term, float boost) {
        Optional<FieldType> column = fields.column(term.field());
        if (column.isPresent()) {
            boolean folded = term.caseInsensitive() && column.get() instanceof FieldType.KeywordType;
            return new ScoreNode.Constant(
                    folded
                            ? new DocumentSet.Keyword(term.field(), term.value(), false)
                            : values.anyOf(term.field(), column.get(), List.of(term.value())),
                    boost);
        }
        if (!fields.hasTokens(term.field())) {
            return ScoreNode.nothing();
        }
        Bm25Encoder words = words("term", term.field());
        if (term.caseInsensitive()) {
            throw RestException.illegalArgument(
                    "[term] with [case_insensitive] needs a keyword field, and [" + term.field() + "] is of words");
        }
        return product(
                term.field(), fields.term(words, term.field(), term.value()), boost * fields.scoreFactor(term.field()));
    }

    private Bm25Encoder words(String kind, String field) {
        return fields.words(field)
                .orElseThrow(() -> RestException.illegalArgument("[" + kind + "] needs a field of values or words, and"
                        + " the tokens of field [" + field + "] have weights; query it with [sparse_vector]"));
    }

    private DocumentSet terms(Query.Terms terms) {
        Optional<FieldType> column = fields.column(terms.field());
        if (column.isPresent()) {
            return values.anyOf(terms.field(), column.get(), terms.values());
        }
        if (!fields.hasTokens(terms.field()) || terms.values().isEmpty()) {
            return DocumentSet.nothing();
        }
        words("terms", terms.field());
        return new DocumentSet.Tokens(
                terms.field(), terms.values().stream().distinct().toList(), 1);
    }

    private DocumentSet range(Query.Range range) {
        Optional<FieldType> column = fields.column(range.field());
        if (column.isEmpty() && fields.hasTokens(range.field())) {
            throw RestException.illegalArgument("[range] needs a keyword, number, boolean or date field, and ["
                    + range.field() + "] of index [" + collection.name() + "] is none");
        }
        return column.map(type -> values.range(type, range)).orElse(DocumentSet.nothing());
    }

    private DocumentSet prefix(Query.Prefix prefix) {
        Optional<FieldType> column = fields.column(prefix.field());
        boolean exists = column.isPresent() || fields.hasTokens(prefix.field());
        if (exists && !(column.isPresent() && column.get() instanceof FieldType.KeywordType)) {
            throw RestException.illegalArgument("[prefix] needs a keyword field, and [" + prefix.field()
                    + "] of index [" + collection.name() + "] is none");
        }
        if (!exists) {
            return DocumentSet.nothing();
        }
        return prefix.caseInsensitive()
                ? new DocumentSet.Keyword(prefix.field(), prefix.value(), true)
                : new DocumentSet.Columns(new Filter.Prefix(prefix.field(), prefix.value()));
    }

    /** Of an object, documents with a value in any of its fields. */
    private DocumentSet exists(String field) {
        if (fields.column(field).isPresent()) {
            return new DocumentSet.Columns(new Filter.Exists(field));
        }
        return fields.hasTokens(field)
                ? new DocumentSet.AnyToken(field)
                : DocumentSet.atLeast(
                        1, fields.partsOf(field).stream().map(this::exists).toList());
    }
}
