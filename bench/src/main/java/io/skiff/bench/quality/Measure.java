package io.skiff.bench.quality;

/** What can be measured of a ranking, as trec_eval defines it; a query without relevant documents measures 0. */
enum Measure {
    /** Järvelin and Kekäläinen's nDCG: the grade is the gain, the discount log2(rank + 1). */
    NDCG("ndcg", Cutoff.OPTIONAL) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            double ideal = dcg(ranking.gains(), depth);
            return ideal == 0 ? 0 : dcg(ranking.grades(), depth) / ideal;
        }
    },

    /** Precision at each relevant document found, summed, over the number of relevant documents. */
    MAP("map", Cutoff.OPTIONAL) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            double sum = 0;
            int found = 0;
            for (int i = 0; i < Math.min(depth, ranking.grades().length); i++) {
                if (ranking.isRelevant(i)) {
                    sum += ++found / (i + 1.0);
                }
            }
            return found == 0 ? 0 : sum / ranking.relevantCount();
        }
    },

    /** One over the rank of the first relevant document. */
    MRR("mrr", Cutoff.OPTIONAL) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            for (int i = 0; i < Math.min(depth, ranking.grades().length); i++) {
                if (ranking.isRelevant(i)) {
                    return 1.0 / (i + 1);
                }
            }
            return 0;
        }
    },

    /** The part of the relevant documents that is found. */
    RECALL("recall", Cutoff.OPTIONAL) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            return ranking.relevantCount() == 0
                    ? 0
                    : (double) ranking.relevantRetrieved(depth) / ranking.relevantCount();
        }
    },

    /** The part of the first documents that is relevant; a ranking that is shorter is filled up with others. */
    PRECISION("p", Cutoff.REQUIRED) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            return (double) ranking.relevantRetrieved(depth) / depth;
        }
    },

    /** Whether there is a relevant document. */
    SUCCESS("success", Cutoff.REQUIRED) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            return ranking.relevantRetrieved(depth) > 0 ? 1 : 0;
        }
    },

    /** Precision at as many documents as are relevant. */
    RPREC("rprec", Cutoff.NONE) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            int count = ranking.relevantCount();
            return count == 0 ? 0 : (double) ranking.relevantRetrieved(count) / count;
        }
    },

    /** Buckley and Voorhees' preference of relevant over judged nonrelevant documents, blind to those not judged. */
    BPREF("bpref", Cutoff.NONE) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            int relevant = ranking.relevantCount();
            double sum = 0;
            int nonrelevantAbove = 0;
            for (int i = 0; i < ranking.grades().length; i++) {
                if (ranking.isRelevant(i)) {
                    sum += nonrelevantAbove == 0
                            ? 1
                            : 1
                                    - (double) Math.min(nonrelevantAbove, relevant)
                                            / Math.min(ranking.nonrelevantCount(), relevant);
                } else if (ranking.grades()[i] != JudgedRanking.UNJUDGED) {
                    nonrelevantAbove++;
                }
            }
            return relevant == 0 ? 0 : sum / relevant;
        }
    },

    /** The number of documents retrieved. */
    NUM_RET("num_ret", Cutoff.NONE) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            return ranking.grades().length;
        }
    },

    /** The number of relevant documents. */
    NUM_REL("num_rel", Cutoff.NONE) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            return ranking.relevantCount();
        }
    },

    /** The number of relevant documents retrieved. */
    NUM_REL_RET("num_rel_ret", Cutoff.NONE) {
        @Override
        double of(JudgedRanking ranking, int depth) {
            return ranking.relevantRetrieved(depth);
        }
    };

    /** Whether a measure stops at a rank. */
    enum Cutoff {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    private static final double LN_2 = Math.log(2);

    private final String label;
    private final Cutoff cutoff;

    Measure(String label, Cutoff cutoff) {
        this.label = label;
        this.cutoff = cutoff;
    }

    /** The value for one ranking, of which the first {@code depth} documents count. */
    abstract double of(JudgedRanking ranking, int depth);

    String label() {
        return label;
    }

    Cutoff cutoff() {
        return cutoff;
    }

    /** Whether it is a count, which is summed over the queries and not averaged. */
    boolean isCount() {
        return this == NUM_RET || this == NUM_REL || this == NUM_REL_RET;
    }

    private static double dcg(int[] gains, int depth) {
        double sum = 0;
        for (int i = 0; i < Math.min(depth, gains.length); i++) {
            if (gains[i] > 0) {
                sum += gains[i] * LN_2 / Math.log(i + 2.0);
            }
        }
        return sum;
    }
}
