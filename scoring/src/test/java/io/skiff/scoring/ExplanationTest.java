package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.IndexReader;
import io.skiff.index.SparseVector;
import io.skiff.scoring.Explanation.ClauseScore;
import io.skiff.scoring.Explanation.Contribution;
import io.skiff.scoring.SparseQuery.Clause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

    @Test
    void clausesSumToTheScoreExactlyAlsoWhereTheyShareTokens() throws IOException {
        Random random = Seed.random(7);
        List<String> fields = List.copyOf(Corpus.FIELDS.keySet());
        for (int round = 0; round < 4; round++) {
            Corpus corpus = Corpus.random(random, 200 + random.nextInt(400), 60);
            try (IndexReader reader = corpus.index(directory.resolve("shared" + round))) {
                Searcher searcher = new Searcher(reader);
                for (int i = 0; i < 20; i++) {
                    List<Clause> clauses = new ArrayList<>();
                    for (int c = 1 + random.nextInt(5); c > 0; c--) {
                        float boost = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : random.nextFloat() * 7 + .001f;
                        SparseVector vector = Corpus.vector(random, 60, 20, u -> 3 * u + .01);
                        clauses.add(new Clause(fields.get(random.nextInt(fields.size())), vector, boost));
                    }
                    SparseQuery query = new SparseQuery(clauses);
                    List<Hit> hits = searcher.search(query, 10).hits();
                    List<Explanation> explanations = searcher.explain(query, hits);
                    for (int rank = 0; rank < hits.size(); rank++) {
                        String what = "round " + round + ", query " + i + Seed.describe();
                        assertExplains(explanations.get(rank), hits.get(rank), what);
                        assertClausesExplain(query, explanations.get(rank), what);
                    }
                }
            }
        }
    }

    /** Clauses come to the score, and the shares that clauses have of a token to what the token did. */
    private static void assertClausesExplain(SparseQuery query, Explanation explanation, String what) {
        double ofClauses = 0;
        Map<List<String>, Double> ofTokens = new HashMap<>();
        for (int i = 0; i < query.clauses().size(); i++) {
            ClauseScore clause = explanation.clauses().get(i);
            Clause asked = query.clauses().get(i);
            assertEquals(asked.field(), clause.field(), what);
            assertEquals(asked.boost(), clause.boost(), what);
            assertEquals(asked.vector().size(), clause.tokens().size(), what);
            double ofClause = 0;
            for (int token = 0; token < clause.tokens().size(); token++) {
                Contribution contribution = clause.tokens().get(token);
                assertEquals(asked.vector().token(token), contribution.token(), what);
                ofClause += contribution.score();
                ofTokens.merge(List.of(contribution.field(), contribution.token()), contribution.score(), Double::sum);
            }
            assertEquals(clause.score(), ofClause, what);
            ofClauses += clause.score();
        }
        assertEquals(explanation.score(), ofClauses, what);
        for (Contribution whole : explanation.tokens()) {
            assertEquals(whole.score(), ofTokens.get(List.of(whole.field(), whole.token())), what);
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
                                    new Contribution("whole", "b", 12, 5, 5, 60),
                                    new Contribution("whole", "unknown", 9, 0, 0, 0),
                                    new Contribution("absent", "a", 0, 0, 0, 0),
                                    new Contribution("whole", "a", 10, 3, 3, 30)),
                            List.of(
                                    new ClauseScore(
                                            "whole",
                                            1,
                                            10,
                                            List.of(
                                                    new Contribution("whole", "b", 2, 5, 5, 10),
                                                    new Contribution("whole", "unknown", 9, 0, 0, 0))),
                                    new ClauseScore(
                                            "absent", 1, 0, List.of(new Contribution("absent", "a", 0, 0, 0, 0))),
                                    new ClauseScore(
                                            "whole",
                                            10,
                                            80,
                                            List.of(
                                                    new Contribution("whole", "a", 10, 3, 3, 30),
                                                    new Contribution("whole", "b", 10, 5, 5, 50))))),
                    searcher.explain(query, List.of(new Hit(0, 0, 90))).getFirst());
        }
    }
}
