package io.skiff.server.rest.explain;

import io.skiff.scoring.Hit;
import io.skiff.server.rest.plan.QueryPlan;
import java.util.List;

/** How the scores of a list of hits came about. */
public sealed interface ScoreOrigin {
    /**
     * By a query.
     *
     * @param tokens of it that search for nothing
     */
    record Planned(QueryPlan plan, QueryTokens tokens) implements ScoreOrigin {}

    /** One of several lists: what made it, its hits by descending score, and what it counts for. */
    record FusedList(ScoreOrigin origin, List<Hit> hits, float weight) {
        /** Copies the list. */
        public FusedList {
            hits = List.copyOf(hits);
        }
    }

    /** By reciprocal rank fusion. */
    record FusedByRank(List<FusedList> lists, int rankConstant) implements ScoreOrigin {
        /** Copies the list. */
        public FusedByRank {
            lists = List.copyOf(lists);
        }
    }

    /** By a sum of normalized scores; each list has its normalization. */
    record FusedByScore(List<FusedList> lists, List<Normalization> normalizations) implements ScoreOrigin {
        /** Copies the lists. */
        public FusedByScore {
            lists = List.copyOf(lists);
            normalizations = List.copyOf(normalizations);
        }
    }

    /** How a first and a second score become one. */
    enum Combination {
        TOTAL,
        MULTIPLY,
        AVG,
        MAX,
        MIN;

        /** The one score. */
        public double of(double first, double second) {
            return switch (this) {
                case TOTAL -> first + second;
                case MULTIPLY -> first * second;
                case AVG -> (first + second) / 2;
                case MAX -> Math.max(first, second);
                case MIN -> Math.min(first, second);
            };
        }
    }

    /**
     * By a second query over the first hits.
     *
     * @param firstHits with their first scores, in their first order
     * @param windowSize how many of the first hits
     */
    record Rescored(
            ScoreOrigin first,
            List<Hit> firstHits,
            int windowSize,
            Planned second,
            float firstWeight,
            float secondWeight,
            Combination combination)
            implements ScoreOrigin {
        /** Copies the list. */
        public Rescored {
            firstHits = List.copyOf(firstHits);
        }
    }
}
