package io.skiff.bench.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.bench.corpus.CorpusFile;
import io.skiff.bench.corpus.CorpusOptions;
import io.skiff.bench.corpus.Variant;
import io.skiff.bench.corpus.VectorPool;
import io.skiff.bench.corpus.WeightedTokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneSystemTest {
    private static final long SEED = Long.getLong("skiff.seed", 5);
    private static final int QUERIES = 30;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void scoresAreTheDotProducts(int threads, @TempDir Path folder) throws IOException {
        VectorPool pool = VectorPool.synthetic(QUERIES, SEED);
        CorpusOptions options = new CorpusOptions(2_000, QUERIES, SEED, Variant.DEFAULT);
        Path corpus = folder.resolve("corpus.bin");
        CorpusFile.write(corpus, "test", pool, options, done -> {});
        List<WeightedTokens> documents = new ArrayList<>();
        try (CorpusFile.Reader reader = new CorpusFile.Reader(corpus)) {
            for (WeightedTokens document; (document = reader.next()) != null; ) {
                documents.add(document);
            }
        }
        try (CorpusFile.Reader reader = new CorpusFile.Reader(corpus)) {
            long postings = documents.stream().mapToInt(WeightedTokens::size).sum();
            BuildClock clock = new BuildClock(
                    new ProgressLines(new PrintWriter(Writer.nullWriter()), "build", documents.size()), postings);
            BuildResult result = LuceneSystem.build(folder.resolve("lucene"), reader, threads, clock);
            assertEquals(documents.size(), result.documents());
            assertTrue(result.bytesPerPosting() > 1 && result.bytesPerPosting() < 12, result.toString());
            try (MMapDirectory files = new MMapDirectory(folder.resolve("lucene"));
                    DirectoryReader lucene = DirectoryReader.open(files)) {
                assertEquals(1, lucene.leaves().size());
                assertEquals(documents.size(), lucene.numDocs());
                LuceneSystem system = new LuceneSystem(lucene, reader.queries(), reader.vocabulary());
                for (int query = 0; query < QUERIES; query++) {
                    for (int k : new int[] {1, 10, 1000}) {
                        assertArrayEquals(
                                topScores(documents, reader.queries().get(query), k),
                                system.scores(system.search(query, k)),
                                "query " + query + ", k " + k + ", seed " + SEED);
                    }
                }
            }
        }
    }

    /** The comparison rests on this: no whole weight loses a bit in Lucene's 16-bit floats. */
    @Test
    void everyImpactIsExact() throws IOException {
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
                for (int impact = 1; impact <= 255; impact++) {
                    Document document = new Document();
                    document.add(new FeatureField("v", "token" + impact, impact));
                    writer.addDocument(document);
                }
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                for (int impact = 1; impact <= 255; impact++) {
                    float score = searcher.search(FeatureField.newLinearQuery("v", "token" + impact, 255 / 4f), 1)
                            .scoreDocs[0]
                            .score;
                    assertEquals(255 * impact, 4 * score, "impact " + impact);
                }
            }
        }
    }

    private static double[] topScores(List<WeightedTokens> documents, WeightedTokens query, int k) {
        Map<Integer, Integer> weights = new HashMap<>();
        for (int i = 0; i < query.size(); i++) {
            weights.put(query.tokens()[i], query.weights()[i]);
        }
        return documents.stream()
                .mapToDouble(document -> -IntStream.range(0, document.size())
                        .mapToDouble(
                                i -> weights.getOrDefault(document.tokens()[i], 0) * (double) document.weights()[i])
                        .sum())
                .filter(score -> score < 0)
                .sorted()
                .limit(k)
                .map(score -> -score)
                .toArray();
    }
}
