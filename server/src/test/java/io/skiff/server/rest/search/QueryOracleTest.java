package io.skiff.server.rest.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.explain.HitExplainer;
import io.skiff.server.rest.explain.ScoreTree;
import io.skiff.server.rest.explain.SearchTrace;
import io.skiff.server.rest.plan.MatchingDocuments;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.rest.search.Found.FoundHit;
import io.skiff.server.rest.search.OracleIndex.Doc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random queries over several segments with deletions, against an evaluation of each document by itself. */
final class QueryOracleTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_261_125);
    private static final int QUERIES = 1_500;

    /** Weights are quantized to 16 bits in queries. */
    private static final double TOLERANCE = 1e-3;

    /** Where words and vectors are summed, of the 16 bits few are left for words, which weigh a thousandth here. */
    private static final double MIXED_TOLERANCE = 3e-2;

    private static final List<Rescore.Mode> MODES = List.copyOf(EnumSet.allOf(Rescore.Mode.class));

    private static OracleIndex index;
    private static Collection collection;
    private static Oracle oracle;
    private static final Map<String, Doc> DOCS = new HashMap<>();

    @BeforeAll
    static void open(@TempDir Path directory) throws IOException {
        index = OracleIndex.build(directory.resolve("index"), new Random(SEED), new int[] {150, 1, 333, 40});
        collection = Collection.open("index", directory.resolve("index"));
        oracle = new Oracle(collection);
        index.docs().forEach(doc -> DOCS.put(doc.id(), doc));
    }

    @AfterAll
    static void close() {
        collection.close();
    }

    /** A document that matches, and its score. */
    private record Match(Doc doc, int ordinal, double score) {}

    private static List<Match> matches(Query query) {
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < index.docs().size(); i++) {
            Doc doc = index.docs().get(i);
            OptionalDouble score = doc.deleted() ? OptionalDouble.empty() : oracle.score(query, doc);
            if (score.isPresent()) {
                matches.add(new Match(doc, i, score.getAsDouble()));
            }
        }
        matches.sort(Comparator.comparingDouble(Match::score).reversed().thenComparingInt(Match::ordinal));
        return matches;
    }

    /** A search with what it has by default, to be changed. */
    static SearchRequest request(Query query, int size) {
        return new SearchRequest(
                Optional.of(query),
                Optional.empty(),
                0,
                size,
                io.skiff.server.rest.SourceFilter.ALL,
                SearchRequest.EVERY_HIT,
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                false,
                false,
                SkiffOptions.DEFAULT);
    }

    private static Found search(SearchRequest request) {
        SearchTrace trace = new SearchTrace(collection, false);
        Found found = CollectionSearch.search(collection, QueryLimits.DEFAULT, request, new Cancellation(), trace);
        assertExplained(found, trace);
        return found;
    }

    /** Whatever is asked, explanations come to the scores, to the last bit. */
    private static void assertExplained(Found found, SearchTrace trace) {
        HitExplainer explainer = new HitExplainer(collection);
        for (FoundHit hit : found.scored() ? found.hits() : List.<FoundHit>of()) {
            ScoreTree explanation =
                    explainer.explain(trace.origin().orElseThrow(), hit.hit()).tree();
            assertEquals(hit.hit().score(), explanation.value(), explanation.toString());
        }
    }

    private static String id(FoundHit hit) {
        return collection.documentId(hit.hit());
    }

    @Test
    void everyQueryFindsWhatItMeans() {
        Random random = new Random(SEED);
        RandomQueries queries = new RandomQueries(random, index.docs().size());
        int withHits = 0;
        for (int i = 0; i < QUERIES; i++) {
            Query query = queries.query(random.nextInt(5));
            String what = "query " + i + " " + query + " (-Dskiff.seed=" + SEED + ")";
            List<Match> expected = matches(query);
            int k = 1 + random.nextInt(random.nextBoolean() ? 10 : 700);
            Found found = search(request(query, k));
            assertEquals(expected.size(), found.totalHits(), what);
            assertTrue(found.totalHitsExact(), what);
            assertEquals(
                    expected.size(),
                    CollectionSearch.count(collection, QueryLimits.DEFAULT, query, new Cancellation()),
                    what);
            assertHits(expected, found, k, what);
            withHits += expected.isEmpty() ? 0 : 1;
        }
        assertTrue(withHits > QUERIES / 3 && withHits < QUERIES, withHits + " queries with hits show little");
    }

    /** The scores rank by rank, and each hit's own; documents of nearly equal score may stand in another order. */
    private static void assertHits(List<Match> expected, Found found, int k, String what) {
        Map<String, Double> scores = new HashMap<>();
        expected.forEach(match -> scores.put(match.doc().id(), match.score()));
        double tolerance = what.contains("Sparse[") && what.contains("=text") ? MIXED_TOLERANCE : TOLERANCE;
        assertEquals(Math.min(k, expected.size()), found.hits().size(), what);
        for (int rank = 0; rank < found.hits().size(); rank++) {
            FoundHit hit = found.hits().get(rank);
            double score = hit.hit().score();
            assertEquals(expected.get(rank).score(), score, tolerance * (1 + score), what + ", rank " + rank);
            Double own = scores.remove(id(hit));
            assertTrue(own != null, what + ", " + id(hit) + " is no hit, or was one before");
            assertEquals(own, score, tolerance * (1 + score), what + ", " + id(hit));
            boolean isWhole = own == Math.rint(own * 4) / 4 && score == own;
            if (isWhole && score == expected.get(rank).score()) {
                assertTie(expected, found, rank, what);
            }
        }
    }

    /** Of exactly equal scores, the earlier document stands first. */
    private static void assertTie(List<Match> expected, Found found, int rank, String what) {
        if (rank > 0
                && found.hits().get(rank - 1).hit().score()
                        == found.hits().get(rank).hit().score()) {
            int before = Integer.parseInt(id(found.hits().get(rank - 1)).substring(1));
            int here = Integer.parseInt(id(found.hits().get(rank)).substring(1));
            assertTrue(before < here, what + ", rank " + rank + " of " + expected.size());
        }
    }

    @Test
    void matchingDocumentsAreNamedInOrderOfInsertion() {
        Random random = new Random(SEED + 2);
        RandomQueries queries = new RandomQueries(random, index.docs().size());
        for (int i = 0; i < 200; i++) {
            Query query = queries.query(3);
            List<String> expected = matches(query).stream()
                    .sorted(Comparator.comparingInt(Match::ordinal))
                    .map(match -> match.doc().id())
                    .toList();
            List<String> ids = new ArrayList<>();
            assertTrue(MatchingDocuments.forEachId(collection, QueryLimits.DEFAULT, query, () -> false, ids::add));
            assertEquals(expected, ids, "query " + i + " " + query + " (-Dskiff.seed=" + SEED + ")");
        }
    }

    @Test
    void aLeastScoreLeavesOutWhatIsBelow() {
        Random random = new Random(SEED + 3);
        RandomQueries queries = new RandomQueries(random, index.docs().size());
        for (int i = 0; i < 300; i++) {
            Query query = queries.query(3);
            SearchRequest request = request(query, 500);
            List<FoundHit> all = search(request).hits();
            if (all.isEmpty()) {
                continue;
            }
            float least = (float) all.get(random.nextInt(all.size())).hit().score();
            List<String> expected = all.stream()
                    .filter(hit -> (float) hit.hit().score() >= least)
                    .map(QueryOracleTest::id)
                    .toList();
            int k = 1 + random.nextInt(20);
            boolean every = random.nextBoolean();
            String what = "query " + i + " " + query + " from " + least + " (-Dskiff.seed=" + SEED + ")";
            Found found = search(new RequestBuilder(request)
                    .size(k)
                    .minScore(least)
                    .totalHitsLimit(every ? SearchRequest.EVERY_HIT : 10_000)
                    .build());
            assertEquals(
                    expected.subList(0, Math.min(k, expected.size())),
                    found.hits().stream().map(QueryOracleTest::id).toList(),
                    what);
            assertEquals(expected.size(), found.totalHits(), what);
        }
    }

    /** Scores are those that a search by score gives; which are right is another test's to say. */
    @Test
    void pagesInAnyOrderGiveEachHitOnce() {
        Random random = new Random(SEED + 4);
        RandomQueries queries = new RandomQueries(random, index.docs().size());
        RandomSorts sorts = new RandomSorts(random);
        for (int i = 0; i < 300; i++) {
            Query query = queries.query(3);
            List<SortKey> keys = sorts.keys();
            String what = "query " + i + " " + query + " by " + keys + " (-Dskiff.seed=" + SEED + ")";
            SearchRequest request = request(query, 500);
            List<RandomSorts.Sortable> sortable = search(request).hits().stream()
                    .map(hit -> new RandomSorts.Sortable(
                            DOCS.get(id(hit)), hit.hit().score(), Integer.parseInt(id(hit).substring(1))))
                    .toList();
            List<String> expected = sorts.sorted(sortable, keys);
            int size = 1 + random.nextInt(expected.size() + 2);
            List<String> got = new ArrayList<>();
            List<Optional<String>> after = List.of();
            for (int page = 0; page <= expected.size(); page++) {
                Found found = search(new RequestBuilder(request)
                        .size(size)
                        .sort(keys)
                        .searchAfter(after)
                        .build());
                assertEquals(expected.size(), found.totalHits(), what);
                found.hits().forEach(hit -> got.add(id(hit)));
                if (found.hits().size() < size) {
                    break;
                }
                after = found.hits().getLast().sort().stream()
                        .map(RandomSorts::text)
                        .toList();
            }
            assertEquals(expected, got, what);
        }
    }

    @Test
    void terminatesAfterTheFirstMatches() {
        Random random = new Random(SEED + 5);
        RandomQueries queries = new RandomQueries(random, index.docs().size());
        for (int i = 0; i < 200; i++) {
            Query query = queries.query(3);
            List<Match> matches = matches(query);
            int limit = 1 + random.nextInt(60);
            boolean sorted = random.nextBoolean();
            RequestBuilder request = new RequestBuilder(request(query, 500)).terminateAfter(limit);
            Found found = search(
                    sorted
                            ? request.sort(List.of(new SortKey.ByInsertion(true)))
                                    .build()
                            : request.build());
            String what = "query " + i + " " + query + " to " + limit + " (-Dskiff.seed=" + SEED + ")";
            List<Integer> expected =
                    matches.stream().map(Match::ordinal).sorted().limit(limit).toList();
            assertEquals(
                    expected,
                    found.hits().stream()
                            .map(hit -> Integer.parseInt(id(hit).substring(1)))
                            .sorted()
                            .toList(),
                    what);
            assertEquals(expected.size(), found.totalHits(), what);
            assertEquals(matches.size() > limit, found.terminatedEarly(), what);
        }
    }

    @Test
    void rescoringCombinesTwoScores() {
        Random random = new Random(SEED + 6);
        RandomQueries queries = new RandomQueries(random, index.docs().size());
        int changed = 0;
        for (int i = 0; i < 300; i++) {
            Query query = queries.query(2);
            Query second = queries.query(2);
            int window = 1 + random.nextInt(40);
            int k = 1 + random.nextInt(60);
            Rescore.Mode mode = MODES.get(random.nextInt(MODES.size()));
            Rescore rescore = new Rescore(window, second, random.nextInt(3), 1 + random.nextInt(3), mode);
            String what = "query " + i + " " + query + " " + rescore + " (-Dskiff.seed=" + SEED + ")";
            List<FoundHit> first = search(request(query, Math.max(window, k))).hits();
            Map<String, Double> others = new HashMap<>();
            matches(second).forEach(match -> others.put(match.doc().id(), match.score()));
            Map<String, Double> expected = new HashMap<>();
            for (int rank = 0; rank < first.size(); rank++) {
                Double other = rank < window ? others.get(id(first.get(rank))) : null;
                double score = first.get(rank).hit().score() * rescore.queryWeight();
                expected.put(
                        id(first.get(rank)),
                        other == null ? score : combined(mode, score, other * rescore.rescoreWeight()));
            }
            List<Double> scores =
                    expected.values().stream().sorted(Comparator.reverseOrder()).toList();
            Found found = search(new RequestBuilder(request(query, k))
                    .rescore(List.of(rescore))
                    .build());
            assertEquals(Math.min(k, scores.size()), found.hits().size(), what);
            for (int rank = 0; rank < found.hits().size(); rank++) {
                double score = found.hits().get(rank).hit().score();
                double tolerance = MIXED_TOLERANCE * (1 + Math.abs(score));
                assertEquals(scores.get(rank), score, tolerance, what + ", rank " + rank);
                assertEquals(expected.get(id(found.hits().get(rank))), score, tolerance, what);
            }
            changed += !found.hits().isEmpty() && !id(found.hits().getFirst()).equals(id(first.getFirst())) ? 1 : 0;
        }
        assertTrue(changed > 10, "only " + changed + " searches were changed by a second query");
    }

    private static double combined(Rescore.Mode mode, double first, double second) {
        return switch (mode) {
            case TOTAL -> first + second;
            case MULTIPLY -> first * second;
            case AVG -> (first + second) / 2;
            case MAX -> Math.max(first, second);
            case MIN -> Math.min(first, second);
        };
    }

    /** The tokens that pruning leaves out of the first search are all that the second one scores. */
    @Test
    void twoPhasesSumToOne() {
        Map<String, Float> weights = new HashMap<>();
        for (int i = 0; i < OracleIndex.TOKEN_COUNT; i++) {
            weights.put("t" + i, 1f + i);
        }
        Query whole = sparse(weights, Optional.empty());
        Query frequent = sparse(weights, Optional.of(new Query.TokenPruning(true, 1, 0.5f, false)));
        Query rest = sparse(weights, Optional.of(new Query.TokenPruning(true, 1, 0.5f, true)));
        Found expected = search(request(whole, 20));
        Found first = search(request(frequent, 400));
        Rescore rescore = new Rescore(400, rest, 1, 1, Rescore.Mode.TOTAL);
        Found found = search(new RequestBuilder(request(frequent, 20))
                .rescore(List.of(rescore))
                .build());
        assertTrue(first.totalHits() < expected.totalHits(), "nothing was pruned");
        assertTrue(!ids(first).subList(0, 20).equals(ids(found)), "the second phase changed nothing");
        assertEquals(ids(expected), ids(found));
        assertEquals(
                expected.hits().stream().map(hit -> hit.hit().score()).toList(),
                found.hits().stream().map(hit -> hit.hit().score()).toList());
    }

    private static Query sparse(Map<String, Float> weights, Optional<Query.TokenPruning> pruning) {
        Query.VectorSource source = new Query.VectorSource.Given(SparseVector.of(weights));
        return new Query.Sparse("sparse_vector", "sv", source, pruning, 1);
    }

    private static List<String> ids(Found found) {
        return found.hits().stream().map(QueryOracleTest::id).toList();
    }

    @Test
    void severalThreadsFindTheSame() {
        Random random = new Random(SEED + 7);
        RandomQueries queries = new RandomQueries(random, index.docs().size());
        for (int i = 0; i < 200; i++) {
            SearchRequest request = request(queries.query(3), 1 + random.nextInt(50));
            assertEquals(
                    search(request).hits(),
                    search(new RequestBuilder(request).threads(3).build()).hits(),
                    request + " (-Dskiff.seed=" + SEED + ")");
        }
    }
}
