package io.skiff.server.rest.plan;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.DocBits;
import io.skiff.scoring.WindowScores;
import io.skiff.server.collection.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Goes over the documents of a collection that match, in order of insertion. Deleted ones never match. Where long
 * documents were cut, chunks do.
 */
public final class MatchScan {
    /** Told of documents. */
    public interface Visitor {
        /** A segment's documents come next. */
        default void enter(int segment) {}

        /**
         * A document matches.
         *
         * @param segment position of its segment in {@code IndexReader.segments()}
         * @param docId its position in the segment
         * @return whether to go on
         */
        boolean visit(int segment, int docId, double score);
    }

    private final Collection collection;
    private final SetEvaluator sets;
    private final BooleanSupplier stop;

    /**
     * Over a collection.
     *
     * @param stop asked now and then whether to end early
     */
    public MatchScan(Collection collection, SetEvaluator sets, BooleanSupplier stop) {
        this.collection = collection;
        this.sets = sets;
        this.stop = stop;
    }

    /**
     * Visits the documents of a set, with one score.
     *
     * @return false if it was stopped before the end, by the signal
     */
    public boolean forEach(DocumentSet set, double score, Visitor visitor) {
        for (int segment = 0; segment < segments().size(); segment++) {
            if (stop.getAsBoolean()) {
                return false;
            }
            visitor.enter(segment);
            long[] words = sets.liveDocuments(set, segment).words();
            for (int first = 0; first < words.length; first += ScoreBuffer.WORDS) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                if (!visitAll(words, first, segment, score, visitor)) {
                    return true;
                }
            }
        }
        return true;
    }

    private static boolean visitAll(long[] words, int first, int segment, double score, Visitor visitor) {
        for (int word = first; word < Math.min(words.length, first + ScoreBuffer.WORDS); word++) {
            for (long rest = words[word]; rest != 0; rest &= rest - 1) {
                int docId = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                if (!visitor.visit(segment, docId, score)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Visits the documents that a node matches and that are in a set, with their scores.
     *
     * @return false if it was stopped before the end, by the signal
     */
    public boolean forEach(ScoreNode node, DocumentSet among, Visitor visitor) {
        if (node instanceof ScoreNode.Constant(DocumentSet documents, double score)) {
            return forEach(documents.and(among), score, visitor);
        }
        NodeScorer scorer = NodeScorer.of(node, collection, sets);
        ScoreBuffer buffer = ScoreBuffer.take();
        long[] wanted = new long[ScoreBuffer.WORDS];
        boolean complete = scan(scorer, among, buffer, wanted, visitor);
        // Not in a finally block: what a failure leaves behind must not be used again.
        ScoreBuffer.giveBack(buffer);
        return complete;
    }

    private boolean scan(NodeScorer scorer, DocumentSet among, ScoreBuffer buffer, long[] wanted, Visitor visitor) {
        for (int segment = 0; segment < segments().size(); segment++) {
            if (stop.getAsBoolean()) {
                return false;
            }
            DocBits live = sets.liveDocuments(among, segment);
            if (live.cardinality() == 0) {
                continue;
            }
            visitor.enter(segment);
            scorer.reset(segment);
            int windowCount = (live.documentCount() + WindowScores.DOCUMENTS - 1) / WindowScores.DOCUMENTS;
            for (int window = 0; window < windowCount; window++) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                int first = window * WindowScores.DOCUMENTS;
                int count = Math.min(WindowScores.DOCUMENTS, live.documentCount() - first);
                System.arraycopy(live.words(), first / Long.SIZE, wanted, 0, NodeScorer.words(count));
                if (NodeScorer.isEmpty(wanted, count)) {
                    continue;
                }
                scorer.score(window, count, wanted, buffer);
                if (!visitAll(buffer, segment, first, count, visitor)) {
                    return true;
                }
            }
        }
        return true;
    }

    private static boolean visitAll(ScoreBuffer buffer, int segment, int firstDocId, int count, Visitor visitor) {
        for (int word = 0; word < NodeScorer.words(count); word++) {
            for (long rest = buffer.matched[word]; rest != 0; rest &= rest - 1) {
                int document = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                if (!visitor.visit(segment, firstDocId + document, buffer.scores[document])) {
                    return false;
                }
            }
        }
        return true;
    }

    private List<SegmentReader> segments() {
        return collection.reader().segments();
    }
}
