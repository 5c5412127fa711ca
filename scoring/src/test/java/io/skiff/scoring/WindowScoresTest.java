package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.BuildOptions;
import io.skiff.index.IndexReader;
import io.skiff.index.PostingsChoice;
import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.columns.DocBits;
import io.skiff.scoring.SparseQuery.Clause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores and matches of every document, against brute force over the quantized vectors. */
final class WindowScoresTest {
    private static final int VOCABULARY_SIZE = 60;
    private static final int SEVERAL_WINDOWS = WindowScores.DOCUMENTS + 77;

    @TempDir
    Path directory;

    private static SparseQuery query(Random random) {
        return new SparseQuery(List.of(
                new Clause("whole", Corpus.vector(random, VOCABULARY_SIZE + 5, 20, u -> 2 * u + .01), .37f),
                new Clause("title", Corpus.vector(random, VOCABULARY_SIZE + 5, 20, u -> u + .01), 1)));
    }

    @Test
    void everyDocumentHasItsScore() throws IOException {
        Random random = Seed.random(71);
        Corpus corpus = Corpus.random(random, 3_000, VOCABULARY_SIZE);
        for (PostingsChoice postings : PostingsChoice.values()) {
            BuildOptions build =
                    BuildOptions.DEFAULT.withBlockMax(new BlockMaxOptions(1, 3)).withPostings(postings);
            try (IndexReader reader = corpus.index(directory.resolve(postings.name()), build)) {
                for (int i = 0; i < 20; i++) {
                    SparseQuery query = query(random);
                    assertScores(
                            corpus,
                            reader,
                            query,
                            List.of(0),
                            i % 2 == 0 ? null : some(random, 3_000),
                            postings + ", query " + i + Seed.describe());
                }
            }
        }
    }

    /** Also where windows are asked for in no order. */
    @Test
    void windowsJoin() throws IOException {
        Random random = Seed.random(72);
        Corpus corpus = new Corpus();
        for (int i = 0; i < SEVERAL_WINDOWS; i++) {
            corpus.add("whole", Corpus.vector(random, VOCABULARY_SIZE, 3, u -> Math.ceil(200 * u)));
        }
        SparseQuery frequent = SparseQuery.of("whole", Corpus.vector(random, VOCABULARY_SIZE, 20, u -> 2 * u + .01));
        SparseQuery rare = SparseQuery.of("whole", SparseVector.of(Map.of("t58", 2f, "t59", 3f)));
        long[] some = some(random, WindowScores.DOCUMENTS);
        for (PostingsChoice postings : PostingsChoice.values()) {
            BuildOptions build = BuildOptions.DEFAULT.withPostings(postings);
            try (IndexReader reader = corpus.index(directory.resolve(postings.name()), build)) {
                for (SparseQuery query : List.of(frequent, rare)) {
                    String what = postings + ", " + query + Seed.describe();
                    assertScores(corpus, reader, query, List.of(0, 1), null, what);
                    assertScores(corpus, reader, query, List.of(1, 0, 1), some, what);
                }
            }
        }
    }

    private static long[] some(Random random, int documentCount) {
        DocBits some = DocBits.none(documentCount);
        for (int i = 0; i < documentCount / 20; i++) {
            some.set(random.nextInt(documentCount));
        }
        return some.words();
    }

    private static void assertScores(
            Corpus corpus, IndexReader reader, SparseQuery query, List<Integer> windows, long[] wanted, String what) {
        long[] expected = corpus.bruteForce(QueryPlan.of(query, reader.fields()));
        WindowScores scores = new WindowScores(query, reader);
        assertEquals(1, reader.segments().size(), what);
        SegmentReader segment = reader.segments().getFirst();
        scores.reset(segment);
        for (int window : windows) {
            int[] sums = new int[WindowScores.DOCUMENTS];
            scores.add(window, wanted, sums);
            int first = window * WindowScores.DOCUMENTS;
            for (int i = 0; i < Math.min(sums.length, corpus.size() - first); i++) {
                if (wanted == null || (wanted[i / 64] >>> i & 1) != 0) {
                    assertEquals(expected[first + i], sums[i], what + ", document " + (first + i));
                }
            }
        }
        if (scores.hasTerms()) {
            double best =
                    new Searcher(reader).search(query, 1).hits().getFirst().score();
            long most = 0;
            for (long score : expected) {
                most = Math.max(most, score);
            }
            assertEquals(best, most * scores.scale(), what);
        }
    }

    @Test
    void matchesHaveAsManyTokensAsAskedFor() throws IOException {
        Random random = Seed.random(73);
        Corpus corpus = new Corpus();
        for (int i = 0; i < SEVERAL_WINDOWS; i++) {
            boolean other = random.nextInt(100) == 0;
            corpus.add(other ? "title" : "whole", Corpus.vector(random, VOCABULARY_SIZE, 9, u -> Math.ceil(200 * u)));
        }
        for (PostingsChoice postings : PostingsChoice.values()) {
            BuildOptions build = BuildOptions.DEFAULT.withPostings(postings);
            try (IndexReader reader = corpus.index(directory.resolve(postings.name()), build)) {
                SegmentReader segment = reader.segments().getFirst();
                List<String> vocabulary = new ArrayList<>();
                for (int i = 0; i < VOCABULARY_SIZE + 3; i++) {
                    vocabulary.add("t" + i);
                }
                assertMatches(corpus, "title", vocabulary, 1, TokenMatches.any(segment, "title"), postings.name());
                assertEquals(0, TokenMatches.any(segment, "body").cardinality());
                for (int round = 0; round < 3; round++) {
                    Collections.shuffle(vocabulary, random);
                    List<String> tokens = vocabulary.subList(0, 1 + random.nextInt(12));
                    for (int minimum = 1; minimum <= 3; minimum++) {
                        DocBits found = TokenMatches.atLeast(minimum, segment, "whole", tokens);
                        assertMatches(corpus, "whole", tokens, minimum, found, postings + ", " + tokens);
                    }
                }
            }
        }
    }

    private static void assertMatches(
            Corpus corpus, String field, List<String> tokens, int minimum, DocBits found, String what) {
        for (int i = 0; i < corpus.size(); i++) {
            SparseVector vector = corpus.document(i).vectors().getOrDefault(field, SparseVector.EMPTY);
            int count = 0;
            for (int j = 0; j < vector.size(); j++) {
                count += tokens.contains(vector.token(j)) ? 1 : 0;
            }
            assertEquals(count >= minimum, found.get(i), what + ", " + minimum + " in document " + i + Seed.describe());
        }
        assertTrue(found.cardinality() < corpus.size(), "a set of all documents shows little");
    }
}
