package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.BuildOptions;
import io.skiff.index.IndexEditor;
import io.skiff.index.IndexFormatException;
import io.skiff.index.IndexReader;
import io.skiff.index.PostingsChoice;
import io.skiff.index.PostingsCursor;
import io.skiff.index.SparseVector;
import io.skiff.index.Verification;
import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExhaustiveScorerTest {
    private static final BuildOptions RECORDS_ONLY =
            BuildOptions.DEFAULT.withBlockMax(new BlockMaxOptions(0, 3)).withPostings(PostingsChoice.NEVER);

    private static final int HEADER_BYTES = 64;

    @TempDir
    Path directory;

    private static TopDocs search(IndexReader reader, SparseQuery query, int k) {
        return new Searcher(reader, SearchStrategy.EXHAUSTIVE).search(query, k);
    }

    @Test
    void blockRecordsGiveTheSameHitsAndExplanationsAsPostings() throws IOException {
        Random random = Seed.random(11);
        Corpus corpus = Corpus.random(random, 700, 100);
        try (IndexReader postings = corpus.index(directory.resolve("postings"));
                IndexReader records = corpus.index(directory.resolve("records"), RECORDS_ONLY)) {
            assertFalse(records.segments().getFirst().hasPostings());
            for (int i = 0; i < 40; i++) {
                SparseQuery query = SparseQuery.of("body", Corpus.vector(random, 120, 40, u -> u + .01));
                TopDocs expected = search(postings, query, 1 + random.nextInt(800));
                TopDocs actual =
                        search(records, query, Math.max(1, expected.hits().size()));
                assertEquals(expected.hits(), actual.hits(), Seed.describe());
                assertEquals(
                        new Searcher(postings).explain(query, expected.hits()),
                        new Searcher(records).explain(query, expected.hits()),
                        Seed.describe());
            }
        }
    }

    @Test
    void deletedDocumentsAreNeitherHitsNorMatches() throws IOException {
        Random random = Seed.random(12);
        Corpus corpus = Corpus.random(random, 700, 100);
        for (BuildOptions options : List.of(BuildOptions.DEFAULT, RECORDS_ONLY)) {
            Path index = directory.resolve(options.postings().name());
            corpus.index(index, options).close();
            SparseQuery query = SparseQuery.of("body", Corpus.vector(random, 120, 40, u -> u + .01));
            List<Hit> expected = new ArrayList<>();
            try (IndexReader all = IndexReader.open(index);
                    IndexEditor editor = IndexEditor.open(index)) {
                for (Hit hit : search(all, query, 10_000).hits()) {
                    if (random.nextInt(3) == 0) {
                        editor.delete(hit.segment(), hit.docId());
                    } else {
                        expected.add(hit);
                    }
                }
                editor.commit();
            }
            try (IndexReader reader = IndexReader.open(index)) {
                TopDocs found = search(reader, query, 10_000);
                assertEquals(expected, found.hits(), Seed.describe());
                assertEquals(expected.size(), found.totalHits(), Seed.describe());
            }
        }
    }

    /** More documents than a window has: the last window is short, and one between has nothing of a term. */
    @Test
    void everyWindowIsScored() throws IOException {
        Random random = Seed.random(13);
        Corpus corpus = new Corpus();
        int documentCount = 2 * PostingsCursor.WINDOW_DOCUMENTS + 1000;
        long expectedMatches = 0;
        for (int i = 0; i < documentCount; i++) {
            boolean isSparse = i % 100_000 == 7;
            boolean isFirstOrLast = i < 1000 || i >= documentCount - 1000;
            if (isSparse || isFirstOrLast) {
                expectedMatches++;
                corpus.add("whole", SparseVector.of(Map.of(isSparse ? "a" : "b", 1 + random.nextInt(255))));
            } else {
                corpus.add("whole", SparseVector.EMPTY);
            }
        }
        SparseQuery query = SparseQuery.of("whole", SparseVector.of(Map.of("a", 3, "b", 2)));
        BuildOptions options = BuildOptions.DEFAULT.withPostings(PostingsChoice.ALWAYS);
        try (IndexReader reader = corpus.index(directory.resolve("index"), options)) {
            TopDocs found = search(reader, query, 10_000);
            assertEquals(expectedMatches, found.totalHits(), Seed.describe());
            long[] expected = corpus.bruteForce(QueryPlan.of(query, reader.fields()));
            for (Hit hit : found.hits()) {
                assertEquals(expected[hit.docId()], (long) hit.score(), hit + Seed.describe());
            }
            assertEquals(expectedMatches, found.hits().size());
        }
    }

    /** Postings that were not verified on opening: any answer will do, or an error that names the file. */
    @Test
    void damagedPostingsNeverBringASearchDown() throws IOException {
        Random random = Seed.random(14);
        Corpus corpus = Corpus.random(random, 700, 100);
        SparseQuery query = SparseQuery.of("body", Corpus.vector(random, 120, 100, u -> u + .01));
        Path index = directory.resolve("index");
        corpus.index(index).close();
        Path file = postingsFile(index);
        byte[] sound = Files.readAllBytes(file);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = sound.clone();
            damaged[HEADER_BYTES + random.nextInt(sound.length - HEADER_BYTES - Integer.BYTES)] ^=
                    (byte) (1 + random.nextInt(255));
            Files.write(file, damaged);
            try (IndexReader reader = IndexReader.open(index, Verification.METADATA)) {
                for (Hit hit : search(reader, query, 1000).hits()) {
                    assertTrue(hit.docId() < reader.documentCount(), hit + Seed.describe());
                }
            } catch (UncheckedIOException e) {
                refused++;
                assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
            }
        }
        assertTrue(refused > 0, "no damage was met" + Seed.describe());
        assertThrows(IndexFormatException.class, () -> IndexReader.open(index));
    }

    private static Path postingsFile(Path index) throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(path -> path.toString().contains(".postings."))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
