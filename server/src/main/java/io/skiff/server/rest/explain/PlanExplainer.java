package io.skiff.server.rest.explain;

import io.skiff.index.columns.DocBits;
import io.skiff.scoring.Explanation;
import io.skiff.scoring.Explanation.ClauseScore;
import io.skiff.scoring.Explanation.Contribution;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SparseQuery;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.plan.DocumentSet;
import io.skiff.server.rest.plan.QueryPlan;
import io.skiff.server.rest.plan.ScoreNode;
import io.skiff.server.rest.plan.SetEvaluator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes apart the scores that planned queries give to documents, in the same arithmetic. For one request. */
final class PlanExplainer {
    private static final String SUM = "sum of:";

    private record SetOfSegment(DocumentSet set, int segment) {}

    private final Collection collection;
    private final SetEvaluator sets;
    private final Map<SetOfSegment, DocBits> documents = new HashMap<>();

    PlanExplainer(Collection collection) {
        this.collection = collection;
        this.sets = new SetEvaluator(collection);
    }

    /**
     * Why a query gives a document its score. One search of the engine has one scale for all clauses, and a scan over the
     * documents one for each: which of the two it was, the score shows.
     *
     * @param hit with the score that it got
     */
    ExplainedScore explain(ScoreOrigin.Planned planned, Hit hit) {
        if (planned.plan() instanceof QueryPlan.Scored scored) {
            ExplainedScore together = together(scored, hit, planned.tokens());
            if (together.value() == hit.score()) {
                return together;
            }
        }
        return apart(planned, hit)
                .orElseGet(() -> new ExplainedScore(ScoreTree.leaf(0, "the query does not match"), List.of()));
    }

    /** Why a query scores a document as it does when it looks at each; nothing if it does not match. */
    Optional<ExplainedScore> apart(ScoreOrigin.Planned planned, Hit hit) {
        return node(planned.plan().node(), hit).map(score -> with(score, planned.tokens()));
    }

    private static ExplainedScore with(ExplainedScore score, QueryTokens tokens) {
        if (tokens.trees().isEmpty()) {
            return score;
        }
        boolean isSum = score.tree().description().equals(SUM);
        List<ScoreTree> details = new ArrayList<>(isSum ? score.tree().details() : List.of(score.tree()));
        details.addAll(tokens.trees());
        return new ExplainedScore(new ScoreTree(score.value(), SUM, details), score.tokens());
    }

    /** All clauses in one dot product, and what the constants come to. */
    private ExplainedScore together(QueryPlan.Scored plan, Hit hit, QueryTokens tokens) {
        Explanation explanation = explanation(plan.query(), hit);
        List<ScoreTree> details = clauses(plan.query(), explanation);
        if (plan.added() != 0) {
            details.add(ScoreTree.leaf(plan.added(), "constant scores of clauses that match"));
        }
        ExplainedScore score = new ExplainedScore(
                sum(explanation.score() + plan.added(), details), ExplainedScore.parts(explanation.tokens()));
        return with(score, tokens);
    }

    private static ScoreTree sum(double value, List<ScoreTree> details) {
        return details.size() == 1 ? details.getFirst() : new ScoreTree(value, SUM, details);
    }

    private Explanation explanation(SparseQuery query, Hit hit) {
        return collection.searcher().explain(query, List.of(hit)).getFirst();
    }

    private static List<ScoreTree> clauses(SparseQuery query, Explanation explanation) {
        List<ScoreTree> trees = new ArrayList<>();
        for (int i = 0; i < query.clauses().size(); i++) {
            trees.add(clause(query.clauses().get(i), explanation.clauses().get(i)));
        }
        return trees;
    }

    private static ScoreTree clause(SparseQuery.Clause clause, ClauseScore score) {
        List<ScoreTree> tokens = new ArrayList<>();
        int missing = 0;
        for (int i = 0; i < score.tokens().size(); i++) {
            Contribution token = score.tokens().get(i);
            if (token.impact() > 0) {
                tokens.add(token(clause, i, token));
            } else {
                missing++;
            }
        }
        String boost = clause.boost() == 1 ? "" : ", boost " + clause.boost();
        String rest =
                missing == 0 ? "" : ", " + missing + " of " + score.tokens().size() + " tokens not in the document";
        return new ScoreTree(
                score.score(), "dot product over field [" + clause.field() + "]" + boost + rest + ", " + SUM, tokens);
    }

    private static ScoreTree token(SparseQuery.Clause clause, int at, Contribution token) {
        double scale = token.documentWeight() / token.impact();
        return new ScoreTree(
                token.score(),
                "[" + token.token() + "], weight in the query × weight in the document, the product exact",
                List.of(
                        ScoreTree.leaf(
                                token.queryWeight(),
                                "weight in the query, quantized: "
                                        + clause.vector().weight(at) + " × boost " + clause.boost()),
                        ScoreTree.leaf(
                                token.documentWeight(),
                                "weight in the document: impact " + token.impact() + " × scale " + (float) scale)));
    }

    private Optional<ExplainedScore> node(ScoreNode node, Hit hit) {
        return switch (node) {
            case ScoreNode.Product(SparseQuery query) -> product(query, hit);
            case ScoreNode.Constant(DocumentSet set, double score) ->
                isIn(set, hit)
                        ? Optional.of(new ExplainedScore(ScoreTree.leaf(score, "constant score of a match"), List.of()))
                        : Optional.empty();
            case ScoreNode.Sum sum -> sum(sum, hit);
            case ScoreNode.Best best -> best(best, hit);
        };
    }

    private boolean isIn(DocumentSet set, Hit hit) {
        return documents
                .computeIfAbsent(new SetOfSegment(set, hit.segment()), each -> sets.documents(each.set, each.segment))
                .get(hit.docId());
    }

    private Optional<ExplainedScore> product(SparseQuery query, Hit hit) {
        Explanation explanation = explanation(query, hit);
        return explanation.score() > 0
                ? Optional.of(new ExplainedScore(
                        sum(explanation.score(), clauses(query, explanation)),
                        ExplainedScore.parts(explanation.tokens())))
                : Optional.empty();
    }

    private Optional<ExplainedScore> sum(ScoreNode.Sum sum, Hit hit) {
        List<ExplainedScore> parts = new ArrayList<>();
        for (ScoreNode required : sum.required()) {
            Optional<ExplainedScore> part = node(required, hit);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        int needed = parts.size() + sum.minimum();
        sum.optional().forEach(optional -> node(optional, hit).ifPresent(parts::add));
        if (parts.size() < needed || !isIn(sum.documents(), hit)) {
            return Optional.empty();
        }
        double value = 0;
        for (ExplainedScore part : parts) {
            value += part.value();
        }
        return Optional.of(new ExplainedScore(
                sum(value, parts.stream().map(ExplainedScore::tree).toList()), ExplainedScore.joined(parts)));
    }

    private Optional<ExplainedScore> best(ScoreNode.Best best, Hit hit) {
        List<ExplainedScore> parts = new ArrayList<>();
        best.nodes().forEach(each -> node(each, hit).ifPresent(parts::add));
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        double largest = 0;
        double all = 0;
        int leading = 0;
        for (int i = 0; i < parts.size(); i++) {
            double value = parts.get(i).value();
            leading = value > largest ? i : leading;
            largest = Math.max(largest, value);
            all += value;
        }
        double tieBreaker = best.tieBreaker();
        List<ExplainedScore.TokenPart> tokens = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            tokens.addAll(ExplainedScore.scaled(parts.get(i).tokens(), i == leading ? 1 : tieBreaker));
        }
        ScoreTree tree = new ScoreTree(
                largest + tieBreaker * (all - largest),
                "max plus " + best.tieBreaker() + " times others of:",
                parts.stream().map(ExplainedScore::tree).toList());
        return Optional.of(new ExplainedScore(tree, tokens));
    }
}
