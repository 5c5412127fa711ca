package io.skiff.server.rest.plan;

import io.skiff.scoring.SparseQuery;
import java.util.List;

/** What scores documents, with all boosts multiplied out: a tree of which the leaves are dot products and constants. */
public sealed interface ScoreNode {
    /** No document. */
    static ScoreNode nothing() {
        return new Constant(DocumentSet.nothing(), 0);
    }

    /** The documents that match. */
    default DocumentSet matches() {
        return switch (this) {
            case Product(SparseQuery query) ->
                DocumentSet.atLeast(
                        1,
                        query.clauses().stream()
                                .<DocumentSet>map(clause ->
                                        new DocumentSet.Tokens(clause.field(), QueryFields.tokens(clause.vector()), 1))
                                .toList());
            case Constant(DocumentSet documents, double score) -> documents;
            case Sum(List<ScoreNode> required, List<ScoreNode> optional, int minimum, DocumentSet documents) ->
                documents.and(DocumentSet.all(sets(required))).and(DocumentSet.atLeast(minimum, sets(optional)));
            case Best(List<ScoreNode> nodes, float tieBreaker) -> DocumentSet.atLeast(1, sets(nodes));
        };
    }

    private static List<DocumentSet> sets(List<ScoreNode> nodes) {
        return nodes.stream().map(ScoreNode::matches).toList();
    }

    /** Documents with a dot product above 0, which is their score. */
    record Product(SparseQuery query) implements ScoreNode {}

    /** Documents of a set, all with one score. */
    record Constant(DocumentSet documents, double score) implements ScoreNode {}

    /**
     * Documents of a set that all of some nodes match and so many of others, with the sum of the scores of all that match.
     *
     * @param minimum how many of the optional ones, 0 or more
     * @param documents which they must be among
     */
    record Sum(List<ScoreNode> required, List<ScoreNode> optional, int minimum, DocumentSet documents)
            implements ScoreNode {
        /** Copies the lists. */
        public Sum {
            required = List.copyOf(required);
            optional = List.copyOf(optional);
        }
    }

    /** Documents that one of some nodes matches, with the best of their scores and a part of the sum of the others. */
    record Best(List<ScoreNode> nodes, float tieBreaker) implements ScoreNode {
        /** Copies the list. */
        public Best {
            nodes = List.copyOf(nodes);
        }
    }
}
