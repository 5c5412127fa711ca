package io.skiff.scoring;

import io.skiff.index.PostingsIterator;
import io.skiff.index.SegmentReader;
import io.skiff.scoring.Explanation.ClauseScore;
import io.skiff.scoring.Explanation.Contribution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes scores apart, reading the same postings as the search does. */
final class Explainer {
    private final SparseQuery query;
    private final QueryPlan plan;
    private final Map<Key, Shared> terms = new HashMap<>();

    private record Key(String field, String token) {}

    /** A term of the plan, and the sum of the weights that its clauses give it. */
    private record Shared(int term, double weight) {}

    /** Explains the hits of a query, planned. */
    Explainer(SparseQuery query, QueryPlan plan) {
        this.query = query;
        this.plan = plan;
        for (int i = 0; i < plan.terms().size(); i++) {
            QueryPlan.Term term = plan.terms().get(i);
            terms.put(new Key(term.field(), term.token()), new Shared(i, 0));
        }
        for (SparseQuery.Clause clause : query.clauses()) {
            for (int i = 0; i < clause.vector().size(); i++) {
                double weight = weight(clause, i);
                terms.computeIfPresent(
                        key(clause, i), (key, shared) -> new Shared(shared.term, shared.weight + weight));
            }
        }
    }

    private static Key key(SparseQuery.Clause clause, int token) {
        return new Key(clause.field(), clause.vector().token(token));
    }

    private static double weight(SparseQuery.Clause clause, int token) {
        return (double) clause.boost() * clause.vector().weight(token);
    }

    /** Why the document scores as it does. */
    Explanation explain(SegmentReader segment, int docId) {
        int[] impacts = new int[plan.terms().size()];
        List<Contribution> contributions = new ArrayList<>(impacts.length);
        PostingsIterator postings = new PostingsIterator();
        int score = 0;
        for (int i = 0; i < impacts.length; i++) {
            QueryPlan.Term term = plan.terms().get(i);
            impacts[i] = impact(term, segment, docId, postings);
            score += term.weight() * impacts[i];
            contributions.add(contribution(term, 1, impacts[i], term.weight() * impacts[i]));
        }
        return new Explanation(score * plan.scale(), contributions, clauses(impacts));
    }

    private static int impact(QueryPlan.Term term, SegmentReader segment, int docId, PostingsIterator postings) {
        int termId = term.weight() == 0 ? -1 : segment.termId(term.field(), term.token());
        return termId < 0 ? 0 : postings.impact(segment, termId, docId);
    }

    private List<ClauseScore> clauses(int[] impacts) {
        double[] weightsBefore = new double[impacts.length];
        int[] scoresBefore = new int[impacts.length];
        List<ClauseScore> clauses = new ArrayList<>();
        for (SparseQuery.Clause clause : query.clauses()) {
            List<Contribution> tokens = new ArrayList<>();
            int score = 0;
            for (int i = 0; i < clause.vector().size(); i++) {
                Shared shared = terms.get(key(clause, i));
                QueryPlan.Term term = plan.terms().get(shared.term);
                double weight = weight(clause, i);
                weightsBefore[shared.term] += weight;
                // Differences of a rounded running sum: whole numbers that come to the whole.
                int upToHere = (int) Math.rint(
                        (double) term.weight() * impacts[shared.term] * (weightsBefore[shared.term] / shared.weight));
                int part = upToHere - scoresBefore[shared.term];
                scoresBefore[shared.term] = upToHere;
                score += part;
                tokens.add(contribution(term, weight / shared.weight, impacts[shared.term], part));
            }
            clauses.add(new ClauseScore(clause.field(), clause.boost(), score * plan.scale(), tokens));
        }
        return clauses;
    }

    private Contribution contribution(QueryPlan.Term term, double share, int impact, int score) {
        double queryWeight = term.weight() == 0 ? 0 : share * term.weight() * plan.scale() / term.fieldScale();
        return new Contribution(
                term.field(),
                term.token(),
                queryWeight,
                impact,
                (double) impact * term.fieldScale(),
                score * plan.scale());
    }
}
