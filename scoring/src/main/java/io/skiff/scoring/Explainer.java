package io.skiff.scoring;

import io.skiff.index.PostingsIterator;
import io.skiff.index.SegmentReader;
import java.util.ArrayList;
import java.util.List;

/** Takes a score apart, reading the same postings as the search does. */
final class Explainer {
    private Explainer() {}

    /** Why the document scores as it does under the plan. */
    static Explanation explain(QueryPlan plan, SegmentReader segment, int docId) {
        List<Explanation.Contribution> contributions = new ArrayList<>();
        PostingsIterator postings = new PostingsIterator();
        int score = 0;
        for (QueryPlan.Term term : plan.terms()) {
            int impact = impact(term, segment, docId, postings);
            score += term.weight() * impact;
            contributions.add(new Explanation.Contribution(
                    term.field(),
                    term.token(),
                    term.weight() == 0 ? 0 : term.weight() * plan.scale() / term.fieldScale(),
                    (double) impact * term.fieldScale(),
                    term.weight() * impact * plan.scale()));
        }
        return new Explanation(score * plan.scale(), contributions);
    }

    private static int impact(QueryPlan.Term term, SegmentReader segment, int docId, PostingsIterator postings) {
        int termId = term.weight() == 0 ? -1 : segment.termId(term.field(), term.token());
        return termId < 0 ? 0 : postings.impact(segment, termId, docId);
    }
}
