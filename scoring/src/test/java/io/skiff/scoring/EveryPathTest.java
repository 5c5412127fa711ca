package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.BuildOptions;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexEditor;
import io.skiff.index.IndexReader;
import io.skiff.index.SegmentBuilder;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way to search (strategies, kernels, threads, left-out terms), over several segments, with documents deleted and
 * filtered out, against brute force over the quantized vectors: the same documents, scores and order of ties.
 */
final class EveryPathTest {
    private static final int[] KS = {1, 7, 100, 3_000};

    @TempDir
    Path directory;

    /** An index in several segments, of which some documents are deleted and others not accepted. */
    private record Setting(Corpus corpus, int[] firstOrdinals, BitSet deleted, BitSet accepted) {
        boolean mayBeHit(int ordinal, boolean filtered) {
            return !deleted.get(ordinal) && (!filtered || accepted.get(ordinal));
        }

        DocumentFilter filter() {
            return segment -> {
                BitSet part = accepted.get(firstOrdinals[segment], firstOrdinals[segment + 1]);
                long[] words = part.toLongArray();
                return Arrays.copyOf(words, (firstOrdinals[segment + 1] - firstOrdinals[segment] + 63) / 64);
            };
        }
    }

    private static Setting setting(Random random, Path path, int documentCount, int vocabularySize) throws IOException {
        Corpus corpus = Corpus.random(random, documentCount, vocabularySize);
        int segmentCount = 1 + random.nextInt(Math.min(4, documentCount));
        int[] firstOrdinals = IntStream.concat(
                        IntStream.concat(
                                IntStream.of(0),
                                random.ints(segmentCount - 1L, 0, documentCount + 1)
                                        .sorted()),
                        IntStream.of(documentCount))
                .toArray();
        BlockMaxOptions blockMax = new BlockMaxOptions(random.nextInt(3) * 100, 2 + random.nextInt(2));
        corpus.index(path, blockMax, 0, firstOrdinals[1]).close();
        try (IndexEditor editor = IndexEditor.open(path)) {
            for (int segment = 1; segment < segmentCount; segment++) {
                try (SegmentBuilder builder = editor.newSegment(
                        Map.<String, FieldOptions>of(), BuildOptions.DEFAULT.withBlockMax(blockMax))) {
                    for (int i = firstOrdinals[segment]; i < firstOrdinals[segment + 1]; i++) {
                        builder.add(corpus.document(i));
                    }
                    editor.append(builder);
                }
            }
            editor.commit();
        }
        BitSet deleted = new BitSet();
        BitSet accepted = new BitSet();
        double deletedShare = random.nextInt(3) / 3.0;
        double acceptedShare = List.of(.01, .3, .97).get(random.nextInt(3));
        try (IndexEditor editor = IndexEditor.open(path)) {
            for (int i = 0; i < documentCount; i++) {
                if (random.nextDouble() < deletedShare) {
                    deleted.set(i);
                    assertTrue(editor.delete("d" + i));
                }
                accepted.set(i, random.nextDouble() < acceptedShare);
            }
            editor.commit();
        }
        return new Setting(corpus, firstOrdinals, deleted, accepted);
    }

    private static List<Hit> expected(Setting setting, QueryPlan plan, int k, boolean filtered) {
        long[] scores = setting.corpus().bruteForce(plan);
        List<Integer> ranking = IntStream.range(0, scores.length)
                .filter(i -> scores[i] > 0 && setting.mayBeHit(i, filtered))
                .boxed()
                .sorted((a, b) -> Long.compare(scores[b], scores[a]))
                .limit(k)
                .toList();
        List<Hit> hits = new ArrayList<>();
        for (int ordinal : ranking) {
            int segment = 0;
            while (setting.firstOrdinals()[segment + 1] <= ordinal) {
                segment++;
            }
            hits.add(new Hit(segment, ordinal - setting.firstOrdinals()[segment], scores[ordinal] * plan.scale()));
        }
        return hits;
    }

    private static SparseQuery query(Random random, int vocabularySize) {
        SparseVector vector = Corpus.vector(random, vocabularySize + 9, 40, u -> 3 * u * u + 1e-3);
        return random.nextBoolean()
                ? SparseQuery.of("whole", vector)
                : new SparseQuery(List.of(
                        new SparseQuery.Clause("whole", vector, .02f), new SparseQuery.Clause("body", vector, 1)));
    }

    private static long matches(Setting setting, QueryPlan plan, boolean filtered) {
        long[] scores = setting.corpus().bruteForce(plan);
        return IntStream.range(0, scores.length)
                .filter(i -> scores[i] > 0 && setting.mayBeHit(i, filtered))
                .count();
    }

    private static void assertResult(
            Setting setting, QueryPlan plan, SearchOptions options, TopDocs actual, String what) {
        boolean filtered = options.filter().isPresent();
        List<Hit> expected = expected(setting, plan, options.k(), filtered);
        assertEquals(expected, actual.hits(), what);
        assertTrue(actual.complete(), what);
        assertEquals(expected.size() == options.k() ? expected.getLast().score() : 0, actual.unseenScoreLimit(), what);
        long matches = matches(setting, plan, filtered);
        if (actual.totalHitsExact()) {
            assertEquals(matches, actual.totalHits(), what);
        } else {
            assertTrue(
                    actual.totalHits() <= matches
                            && actual.totalHits() >= actual.hits().size(),
                    what);
        }
    }

    @Test
    void equalBruteForce() throws IOException {
        int[] sizes = {1, 9, 64, 700, 2_500, 6_000};
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < sizes.length; round++) {
                Random random = Seed.random(800 + round);
                int vocabularySize = random.nextBoolean() ? 40 : 2_000;
                Path path = directory.resolve("index" + round);
                Setting setting = setting(random, path, sizes[round], vocabularySize);
                try (IndexReader reader = IndexReader.open(path)) {
                    for (SearchStrategy strategy : SearchStrategy.values()) {
                        String kernels = KernelsTest.names()
                                .get(random.nextInt(KernelsTest.names().size()));
                        Searcher searcher = new Searcher(reader, Kernels.named(kernels), strategy);
                        for (int i = 0; i < 6; i++) {
                            SparseQuery query = query(random, vocabularySize);
                            QueryPlan plan = QueryPlan.of(query, reader.fields());
                            SearchOptions plain = SearchOptions.top(KS[random.nextInt(KS.length)]);
                            SearchOptions filtered = plain.filteredBy(setting.filter());
                            String what = sizes[round] + " documents, " + strategy + ", " + kernels + ", query " + i
                                    + ", k=" + plain.k() + Seed.describe();
                            for (SearchOptions options : List.of(
                                    plain,
                                    filtered,
                                    plain.on(executor, 3),
                                    filtered.on(executor, 2),
                                    plain.within(Duration.ofDays(200_000)))) {
                                TopDocs actual = searcher.search(query, options);
                                assertResult(setting, plan, options, actual, what + ", " + options);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void leavingTermsOutOfTheBoundsLosesNothing() throws IOException {
        Random random = Seed.random(820);
        Corpus corpus = Corpus.random(random, 5_000, 300);
        try (IndexReader reader = corpus.index(directory.resolve("index"), new BlockMaxOptions(0, 3))) {
            SegmentTask task = new SegmentTask(reader.segments().getFirst(), 7, new AcceptedDocs(), StopSignal.never());
            Scratch scratch = new Scratch(corpus.size(), 64);
            int needed = 0;
            for (int i = 0; i < 60; i++) {
                QueryPlan plan = QueryPlan.of(query(random, 300), reader.fields());
                scratch.terms.resolve(task.segment(), plan);
                int k = KS[random.nextInt(KS.length)];
                if (scratch.terms.count() == 0) {
                    continue;
                }
                scratch.reset(k, null);
                new ExhaustiveScorer(Kernels.named("scalar")).score(task, scratch.terms, scratch);
                long[] expected = sorted(scratch.topK);
                scratch.reset(k, null);
                scratch.terms.leaveOutFrom(1 + random.nextInt(scratch.terms.count()));
                BlockRange all = BlockRange.all(task.segment().blockMax());
                assertTrue(scratch.blockMax.sumBounds(task, scratch.terms, all));
                BlockMaxSearch.Outcome outcome =
                        scratch.blockMax.scoreBlocks(scratch.terms, false, scratch.topK, BlockBudget.unlimited(k));
                if (outcome == BlockMaxSearch.Outcome.NEEDS_EVERY_TERM) {
                    needed++;
                    continue;
                }
                String what = "query " + i + ", k=" + k + ", " + scratch.terms.essentialCount() + " of "
                        + scratch.terms.count() + Seed.describe();
                assertEquals(BlockMaxSearch.Outcome.COMPLETE, outcome, what);
                assertArrayEquals(expected, sorted(scratch.topK), what);
            }
            assertTrue(needed > 0 && needed < 50, needed + " of 60 queries needed every term" + Seed.describe());
        }
    }

    private static long[] sorted(TopK topK) {
        return IntStream.range(0, topK.sort()).mapToLong(topK::get).toArray();
    }

    @Test
    void ignoringIsHonestAboutWhatItMayMiss() throws IOException {
        Random random = Seed.random(830);
        Corpus corpus = Corpus.random(random, 6_000, 300);
        int missed = 0;
        try (IndexReader reader = corpus.index(directory.resolve("index"), new BlockMaxOptions(0, 3))) {
            Searcher searcher = new Searcher(reader, Kernels.named("scalar"), SearchStrategy.BLOCK_MAX);
            for (int i = 0; i < 40; i++) {
                SparseQuery query = query(random, 300);
                QueryPlan plan = QueryPlan.of(query, reader.fields());
                long[] scores = corpus.bruteForce(plan);
                for (double share : new double[] {0, .1, .5, .9}) {
                    TopDocs found = searcher.search(query, SearchOptions.top(10).ignoring(share));
                    String what = "query " + i + ", share " + share + Seed.describe();
                    BitSet hits = new BitSet();
                    for (Hit hit : found.hits()) {
                        assertEquals(scores[hit.docId()] * plan.scale(), hit.score(), what);
                        hits.set(hit.docId());
                    }
                    for (int docId = 0; docId < scores.length; docId++) {
                        double score = scores[docId] * plan.scale();
                        assertTrue(hits.get(docId) || score <= found.unseenScoreLimit(), what + ", document " + docId);
                    }
                    List<Hit> exact = searcher.search(query, 10).hits();
                    missed += exact.equals(found.hits()) ? 0 : 1;
                    assertTrue(share > 0 || exact.equals(found.hits()), what);
                }
            }
        }
        assertTrue(missed > 0, "no search has missed anything" + Seed.describe());
    }

    @Test
    void stopsWhenItIsTold() throws IOException {
        Random random = Seed.random(840);
        Corpus corpus = Corpus.random(random, 3_000, 100);
        try (IndexReader reader = corpus.index(directory.resolve("index"), new BlockMaxOptions(0, 3))) {
            SparseQuery query = SparseQuery.of("whole", Corpus.vector(random, 100, 400, u -> 1 + u));
            for (SearchStrategy strategy : SearchStrategy.values()) {
                Searcher searcher = new Searcher(reader, Kernels.named("scalar"), strategy);
                TopDocs all = searcher.search(query, 50);
                for (int calls : new int[] {0, 1, 2, 3, 5, 8, 1_000_000}) {
                    int[] left = {calls};
                    TopDocs some = searcher.search(query, SearchOptions.top(50).until(() -> left[0]-- <= 0));
                    assertEquals(calls == 1_000_000, some.complete(), strategy + " stopped after " + calls);
                    if (some.complete()) {
                        assertEquals(all, some);
                    } else {
                        assertFalse(some.totalHitsExact());
                        assertTrue(
                                some.unseenScoreLimit() >= all.hits().getFirst().score());
                    }
                    // What was left behind does not show in the next search.
                    assertEquals(all, searcher.search(query, 50), strategy + " after a stop");
                }
                assertFalse(searcher.search(query, SearchOptions.top(50).within(Duration.ZERO))
                        .complete());
            }
        }
    }

    @Test
    void anErrorOnAnotherThreadReachesTheCaller() throws IOException {
        Corpus corpus = Corpus.random(Seed.random(850), 200, 50);
        try (IndexReader reader = corpus.index(directory.resolve("index"));
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Searcher searcher = new Searcher(reader);
            SparseQuery query = SparseQuery.of("whole", SparseVector.of(Map.of("t0", 1)));
            SearchOptions options =
                    SearchOptions.top(3).filteredBy(segment -> new long[1]).on(executor, 4);
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> searcher.search(query, options));
            assertEquals("a filter has 1 words for a segment of 200 documents, expected 4", e.getMessage());
        }
    }

    @Test
    void anErrorOfTheVirtualMachineReachesTheCallerToo() throws IOException {
        Corpus corpus = Corpus.random(Seed.random(860), 200, 50);
        try (IndexReader reader = corpus.index(directory.resolve("index"));
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            DocumentFilter failing = segment -> {
                throw new OutOfMemoryError("made up");
            };
            SparseQuery query = SparseQuery.of("whole", SparseVector.of(Map.of("t0", 1)));
            SearchOptions options = SearchOptions.top(3).filteredBy(failing).on(executor, 2);
            assertThrows(OutOfMemoryError.class, () -> new Searcher(reader).search(query, options));
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        for (double share : new double[] {-.1, 1, 2, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class, () -> SearchOptions.top(1).ignoring(share));
        }
        assertThrows(IllegalArgumentException.class, () -> SearchOptions.top(1).on(Runnable::run, 0));
        assertThrows(IllegalArgumentException.class, () -> SearchOptions.top(0));
    }
}
