package io.skiff.scoring;

import io.skiff.index.IndexReader;
import io.skiff.index.PostingsCursor;
import io.skiff.index.SegmentReader;

/**
 * The score of every document under a query, one window of a segment after the other: for what has to know more than the
 * best hits, such as scores that are not a plain sum. The scores are those of {@link Searcher#search}, to the last bit.
 * Allocates nothing by the size of the corpus; not safe for use by several threads.
 *
 * <pre>
 *   scores.reset(segment);
 *   for (int window = 0; window * WindowScores.DOCUMENTS &lt; segment.documentCount(); window++) {
 *       scores.add(window, null, sums); // sums[i] * scores.scale() is the score of document window * DOCUMENTS + i
 *   }
 * </pre>
 */
public final class WindowScores {
    /** Documents of a window; the last of a segment may have fewer. */
    public static final int DOCUMENTS = PostingsCursor.WINDOW_DOCUMENTS;

    private final QueryPlan plan;
    private final SegmentTerms terms = new SegmentTerms();
    private final PostingsCursor cursor = new PostingsCursor();
    private RecordScores records;
    private SegmentReader segment;

    /**
     * Of no segment yet.
     *
     * @throws IllegalArgumentException if the query has more than {@value Searcher#MAX_QUERY_TOKENS} tokens
     */
    public WindowScores(SparseQuery query, IndexReader reader) {
        plan = QueryPlan.of(Searcher.requireTokenCount(query), reader.fields());
    }

    /** What one step of a score stands for. */
    public double scale() {
        return plan.scale();
    }

    /** Goes to a segment. */
    public void reset(SegmentReader newSegment) {
        segment = newSegment;
        terms.resolve(newSegment, plan);
        if (terms.count() > 0 && !newSegment.hasPostings()) {
            records = records == null ? new RecordScores() : records;
            records.reset(newSegment, terms);
        }
    }

    /** Whether the segment has any of the query's tokens. */
    public boolean hasTerms() {
        return terms.count() > 0;
    }

    /**
     * Adds the score of each document of a window, which is 0 for those that do not match.
     *
     * @param wanted the documents of the window whose scores matter, a bit each as {@link DocumentFilter} has them; all if
     *     null. Others may get theirs or not
     * @param sums as many as the window has documents, or more; that of the window's first document is the first
     * @return false if no document of the window matches, and nothing was added
     */
    public boolean add(int window, long[] wanted, int[] sums) {
        int first = window * DOCUMENTS;
        int count = Math.min(DOCUMENTS, segment.documentCount() - first);
        if (terms.count() == 0) {
            return false;
        }
        if (!segment.hasPostings()) {
            records.add(first, count, wanted, sums);
            return true;
        }
        boolean added = false;
        for (int i = 0; i < terms.count(); i++) {
            added |=
                    ExhaustiveScorer.addPostings(segment, terms.termId(i), terms.weight(i), first, count, cursor, sums);
        }
        return added;
    }
}
