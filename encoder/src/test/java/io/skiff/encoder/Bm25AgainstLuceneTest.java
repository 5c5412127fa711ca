package io.skiff.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.encoder.Bm25Encoder.Parameters;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dot product of the encoder's vectors is Lucene's BM25 score. */
class Bm25AgainstLuceneTest {
    private static final long SEED = Long.getLong("skiff.seed", 7);

    /** Lucene keeps lengths up to 40 exactly. */
    private static final int MAX_LENGTH = 40;

    @ParameterizedTest
    @CsvSource({"0.9, 0.4", "1.2, 0.75", "0, 0", "2, 1"})
    void scoresEqualLucenes(float k1, float b) throws IOException {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            texts.add(text(random, 1 + random.nextInt(MAX_LENGTH)));
        }
        try (Directory directory = new ByteBuffersDirectory();
                Bm25Encoder encoder = Bm25Encoder.calibratedOn(new Parameters(k1, b), texts)) {
            write(directory, texts);
            List<SparseVector> vectors = encoder.encodeDocuments(texts);
            Map<String, Long> frequencies = new HashMap<>();
            for (SparseVector vector : vectors) {
                for (int i = 0; i < vector.size(); i++) {
                    frequencies.merge(vector.token(i), 1L, Long::sum);
                }
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity(k1, b));
                for (int i = 0; i < 30; i++) {
                    String text = text(random, 1 + random.nextInt(6));
                    BooleanQuery.Builder lucene = new BooleanQuery.Builder();
                    for (AnalyzedToken token : encoder.analyze(text)) {
                        lucene.add(new TermQuery(new Term("text", token.token())), BooleanClause.Occur.SHOULD);
                    }
                    SparseVector query = encoder.encodeQuery(text, new MapStatistics(texts.size(), frequencies));
                    assertScores(searcher.search(lucene.build(), texts.size()).scoreDocs, query, vectors);
                }
            }
        }
    }

    private static void assertScores(ScoreDoc[] hits, SparseVector query, List<SparseVector> documents) {
        double[] scores = documents.stream().mapToDouble(d -> dot(query, d)).toArray();
        assertEquals(
                Arrays.stream(scores).filter(score -> score > 0).count(), hits.length, () -> "matches, seed " + SEED);
        for (ScoreDoc hit : hits) {
            assertEquals(hit.score, scores[hit.doc], 1e-5 * hit.score, () -> "document " + hit.doc + ", seed " + SEED);
        }
    }

    private static double dot(SparseVector query, SparseVector document) {
        double sum = 0;
        for (int i = 0; i < query.size(); i++) {
            for (int j = 0; j < document.size(); j++) {
                if (query.token(i).equals(document.token(j))) {
                    sum += (double) query.weight(i) * document.weight(j);
                }
            }
        }
        return sum;
    }

    private static void write(Directory directory, List<String> texts) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer()).setMergePolicy(NoMergePolicy.INSTANCE);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (String text : texts) {
                Document document = new Document();
                document.add(new TextField("text", text, Field.Store.NO));
                writer.addDocument(document);
            }
        }
    }

    /** Words with a skew, as in real text, so that frequencies and counts repeat. */
    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("word").append((int) Math.pow(60, random.nextDouble())).append(' ');
        }
        return text.toString();
    }
}
