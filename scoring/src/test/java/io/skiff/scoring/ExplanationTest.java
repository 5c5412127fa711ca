package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.IndexReader;
import io.skiff.index.SparseVector;
import io.skiff.scoring.Explanation.Contribution;
import io.skiff.scoring.SparseQuery.Clause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplanationTest {
    @TempDir
    Path directory;

    @Test
    void contributionsSumToTheScoreExactly() throws IOException {
        Random random = Seed.random(6);
        Corpus corpus = Corpus.random(random, 800, 100);
        try (IndexReader reader = corpus.index(directory.resolve("index"))) {
            Searcher searcher = new Searcher(reader);
            for (int i = 0; i < 30; i++) {
                SparseQuery query = new SparseQuery(List.of(
                        new Clause("whole", Corpus.vector(random, 120, 40, u -> 2 * u + .01), .37f),
                        new Clause("title", Corpus.vector(random, 120, 40, u -> u + .01), 1),
                        new Clause("body", Corpus.vector(random, 120, 40, u -> u + .01), 9.9f)));
                List<Hit> hits = searcher.search(query, 20).hits();
                List<Explanation> explanations = searcher.explain(query, hits);
                assertEquals(hits.size(), explanations.size());
                for (int rank = 0; rank < hits.size(); rank++) {
                    assertExplains(explanations.get(rank), hits.get(rank), "query " + i + Seed.describe());
                }
            }
        }
    }

    private static void assertExplains(Explanation explanation, Hit hit, String what) {
        double sum = 0;
        for (Contribution contribution : explanation.tokens()) {
            sum += contribution.score();
            double product = contribution.queryWeight() * contribution.documentWeight();
            assertEquals(product, contribution.score(), 1e-12 * product, what + ", " + contribution);
        }
        assertEquals(hit.score(), explanation.score(), what);
        assertEquals(hit.score(), sum, what);
    }

    @Test
    void everyTokenOfTheQueryIsThereInItsOrder() throws IOException {
        Corpus corpus = new Corpus();
        corpus.add("whole", SparseVector.of(Map.of("a", 3, "b", 5)));
        corpus.add("whole", SparseVector.of(Map.of("b", 255)));
        try (IndexReader reader = corpus.index(directory.resolve("index"))) {
            SparseQuery query = new SparseQuery(List.of(
                    new Clause("whole", SparseVector.of(new String[] {"b", "unknown"}, new float[] {2, 9}), 1),
                    new Clause("absent", SparseVector.of(Map.of("a", 4)), 1),
                    new Clause("whole", SparseVector.of(new String[] {"a", "b"}, new float[] {1, 1}), 10)));
            Searcher searcher = new Searcher(reader);
            assertEquals(
                    List.of(new Hit(0, 1, 12 * 255), new Hit(0, 0, 90)),
                    searcher.search(query, 2).hits());
            assertEquals(
                    new Explanation(
                            90,
                            List.of(
                                    new Contribution("whole", "b", 12, 5, 60),
                                    new Contribution("whole", "unknown", 9, 0, 0),
                                    new Contribution("absent", "a", 0, 0, 0),
                                    new Contribution("whole", "a", 10, 3, 30))),
                    searcher.explain(query, List.of(new Hit(0, 0, 90))).getFirst());
        }
    }
}
