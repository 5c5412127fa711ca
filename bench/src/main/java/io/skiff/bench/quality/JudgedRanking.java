package io.skiff.bench.quality;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * All that a measure sees of one query: the grades along the ranking, and what there was to find.
 *
 * @param grades of the retrieved documents, best first; {@value #UNJUDGED} for those without a judgment
 * @param gains the grades above 0 of all judged documents, descending: the ideal ranking
 * @param relevantCount number of judged documents with {@code level} or more
 * @param nonrelevantCount number of judged documents below {@code level}
 * @param level the lowest grade that counts as relevant, 1 or more
 */
record JudgedRanking(int[] grades, int[] gains, int relevantCount, int nonrelevantCount, int level) {
    static final int UNJUDGED = -1;

    static JudgedRanking of(Map<String, Integer> judgments, List<String> ranking, int level) {
        Collection<Integer> judged = judgments.values();
        return new JudgedRanking(
                ranking.stream()
                        .mapToInt(document -> Math.max(UNJUDGED, judgments.getOrDefault(document, UNJUDGED)))
                        .toArray(),
                judged.stream()
                        .filter(grade -> grade > 0)
                        .sorted(Comparator.reverseOrder())
                        .mapToInt(Integer::intValue)
                        .toArray(),
                (int) judged.stream().filter(grade -> grade >= level).count(),
                (int) judged.stream()
                        .filter(grade -> grade >= 0 && grade < level)
                        .count(),
                level);
    }

    /** Whether the document at {@code i}, counted from 0, is relevant. */
    boolean isRelevant(int i) {
        return grades[i] >= level;
    }

    /** The number of relevant documents among the first {@code depth}. */
    int relevantRetrieved(int depth) {
        int count = 0;
        for (int i = 0; i < Math.min(depth, grades.length); i++) {
            count += isRelevant(i) ? 1 : 0;
        }
        return count;
    }
}
