package io.skiff.server.rest.plan;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.DocBits;
import io.skiff.scoring.WindowScores;
import io.skiff.server.collection.Collection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scores every document that a node of a tree matches, segment by segment and window by window. For one thread. */
abstract sealed class NodeScorer {
    /** Goes to a segment. */
    abstract void reset(int segment);

    /**
     * Finds what matches among the documents of a window.
     *
     * @param count documents of the window
     * @param wanted the documents that matter, a bit each; left as they are
     * @param out receives matches and scores
     */
    abstract void score(int window, int count, long[] wanted, ScoreBuffer out);

    static NodeScorer of(ScoreNode node, Collection collection, SetEvaluator sets) {
        return switch (node) {
            case ScoreNode.Product product ->
                new Product(new WindowScores(product.query(), collection.reader()), collection);
            case ScoreNode.Constant constant -> new Constant(constant, sets);
            case ScoreNode.Sum sum ->
                new Sum(sum, all(sum.required(), collection, sets), all(sum.optional(), collection, sets), sets);
            case ScoreNode.Best best -> new Best(all(best.nodes(), collection, sets), best.tieBreaker());
        };
    }

    private static List<NodeScorer> all(List<ScoreNode> nodes, Collection collection, SetEvaluator sets) {
        List<NodeScorer> scorers = new ArrayList<>();
        nodes.forEach(node -> scorers.add(of(node, collection, sets)));
        return scorers;
    }

    private static final class Product extends NodeScorer {
        private final WindowScores scores;
        private final Collection collection;

        Product(WindowScores scores, Collection collection) {
            this.scores = scores;
            this.collection = collection;
        }

        @Override
        void reset(int segment) {
            SegmentReader reader = collection.reader().segments().get(segment);
            scores.reset(reader);
        }

        @Override
        void score(int window, int count, long[] wanted, ScoreBuffer out) {
            Arrays.fill(out.matched, 0, words(count), 0);
            if (!scores.add(window, wanted, out.sums)) {
                return;
            }
            double scale = scores.scale();
            for (int word = 0; word < words(count); word++) {
                long matched = 0;
                for (long rest = wanted[word]; rest != 0; rest &= rest - 1) {
                    int document = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                    int sum = out.sums[document];
                    if (sum > 0) {
                        matched |= Long.lowestOneBit(rest);
                        out.scores[document] = sum * scale;
                    }
                }
                out.matched[word] = matched;
            }
            Arrays.fill(out.sums, 0, count, 0);
        }
    }

    private static final class Constant extends NodeScorer {
        private final ScoreNode.Constant node;
        private final SetEvaluator sets;
        private DocBits documents;

        Constant(ScoreNode.Constant node, SetEvaluator sets) {
            this.node = node;
            this.sets = sets;
        }

        @Override
        void reset(int segment) {
            documents = sets.documents(node.documents(), segment);
        }

        @Override
        void score(int window, int count, long[] wanted, ScoreBuffer out) {
            intersect(documents, window, count, wanted, out.matched);
            for (int word = 0; word < words(count); word++) {
                for (long rest = out.matched[word]; rest != 0; rest &= rest - 1) {
                    out.scores[word * Long.SIZE + Long.numberOfTrailingZeros(rest)] = node.score();
                }
            }
        }
    }

    /** The documents of a window that are in a set and among those wanted. */
    static void intersect(DocBits documents, int window, int count, long[] wanted, long[] out) {
        long[] words = documents.words();
        int first = window * ScoreBuffer.WORDS;
        for (int i = 0; i < words(count); i++) {
            out[i] = wanted[i] & words[first + i];
        }
    }

    /** Words that so many documents take. */
    static int words(int count) {
        return (count + Long.SIZE - 1) / Long.SIZE;
    }

    static boolean isEmpty(long[] words, int count) {
        for (int i = 0; i < words(count); i++) {
            if (words[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static final class Sum extends NodeScorer {
        private final ScoreNode.Sum node;
        private final List<NodeScorer> required;
        private final List<NodeScorer> optional;
        private final SetEvaluator sets;
        private DocBits documents;

        Sum(ScoreNode.Sum node, List<NodeScorer> required, List<NodeScorer> optional, SetEvaluator sets) {
            this.node = node;
            this.required = required;
            this.optional = optional;
            this.sets = sets;
        }

        @Override
        void reset(int segment) {
            documents = node.documents().isEverything() ? null : sets.documents(node.documents(), segment);
            required.forEach(each -> each.reset(segment));
            optional.forEach(each -> each.reset(segment));
        }

        /** What is left of the documents is in {@code out.matched} all the time. */
        @Override
        void score(int window, int count, long[] wanted, ScoreBuffer out) {
            if (documents == null) {
                System.arraycopy(wanted, 0, out.matched, 0, words(count));
            } else {
                intersect(documents, window, count, wanted, out.matched);
            }
            Arrays.fill(out.scores, 0, count, 0);
            ScoreBuffer part = ScoreBuffer.take();
            for (NodeScorer each : required) {
                if (isEmpty(out.matched, count)) {
                    break;
                }
                each.score(window, count, out.matched, part);
                add(part, count, out);
                System.arraycopy(part.matched, 0, out.matched, 0, words(count));
            }
            if (!isEmpty(out.matched, count)) {
                addOptional(window, count, part, out);
            }
            ScoreBuffer.giveBack(part);
        }

        private void addOptional(int window, int count, ScoreBuffer part, ScoreBuffer out) {
            Arrays.fill(out.counts, 0, count, (short) 0);
            for (NodeScorer each : optional) {
                each.score(window, count, out.matched, part);
                add(part, count, out);
            }
            if (node.minimum() > 0) {
                for (int word = 0; word < words(count); word++) {
                    for (long rest = out.matched[word]; rest != 0; rest &= rest - 1) {
                        int document = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                        if (out.counts[document] < node.minimum()) {
                            out.matched[word] &= ~Long.lowestOneBit(rest);
                        }
                    }
                }
            }
        }

        private static void add(ScoreBuffer part, int count, ScoreBuffer out) {
            for (int word = 0; word < words(count); word++) {
                for (long rest = part.matched[word]; rest != 0; rest &= rest - 1) {
                    int document = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                    out.scores[document] += part.scores[document];
                    out.counts[document]++;
                }
            }
        }
    }

    /** Keeps the best score in {@code out.scores} and the sum of all beside it. */
    private static final class Best extends NodeScorer {
        private final List<NodeScorer> nodes;
        private final double tieBreaker;

        Best(List<NodeScorer> nodes, double tieBreaker) {
            this.nodes = nodes;
            this.tieBreaker = tieBreaker;
        }

        @Override
        void reset(int segment) {
            nodes.forEach(each -> each.reset(segment));
        }

        @Override
        void score(int window, int count, long[] wanted, ScoreBuffer out) {
            Arrays.fill(out.scores, 0, count, 0);
            ScoreBuffer part = ScoreBuffer.take();
            ScoreBuffer sum = ScoreBuffer.take();
            Arrays.fill(sum.scores, 0, count, 0);
            Arrays.fill(out.matched, 0, words(count), 0);
            for (NodeScorer each : nodes) {
                each.score(window, count, wanted, part);
                for (int word = 0; word < words(count); word++) {
                    out.matched[word] |= part.matched[word];
                    for (long rest = part.matched[word]; rest != 0; rest &= rest - 1) {
                        int document = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                        double score = part.scores[document];
                        out.scores[document] = Math.max(out.scores[document], score);
                        sum.scores[document] += score;
                    }
                }
            }
            for (int document = 0; document < count; document++) {
                double best = out.scores[document];
                out.scores[document] = best + tieBreaker * (sum.scores[document] - best);
            }
            ScoreBuffer.giveBack(part);
            ScoreBuffer.giveBack(sum);
        }
    }
}
