package io.skiff.scoring;

import io.skiff.index.PostingsCursor;
import io.skiff.index.SegmentReader;
import java.util.ArrayList;
import java.util.List;

/** Takes a score apart, reading the same postings as the search does. */
final class Explainer {
    private Explainer() {}

    /** Why the document scores as it does under the plan. */
    static Explanation explain(QueryPlan plan, SegmentReader segment, int docId) {
        List<Explanation.Contribution> contributions = new ArrayList<>();
        PostingsCursor cursor = new PostingsCursor();
        int score = 0;
        for (QueryPlan.Term term : plan.terms()) {
            int impact = impact(term, segment, docId, cursor);
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

    private static int impact(QueryPlan.Term term, SegmentReader segment, int docId, PostingsCursor cursor) {
        int termId = term.weight() == 0 ? -1 : segment.termId(term.field(), term.token());
        if (termId >= 0) {
            cursor.reset(segment, termId);
            while (cursor.nextTier()) {
                if (tierHas(segment, cursor, docId)) {
                    return cursor.impact();
                }
            }
        }
        return 0;
    }

    private static boolean tierHas(SegmentReader segment, PostingsCursor tier, int docId) {
        int low = 0;
        int high = tier.count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = ExhaustiveScorer.docId(segment.postings(), tier.docIdsOffset(), middle);
            if (found == docId) {
                return true;
            } else if (found < docId) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}
