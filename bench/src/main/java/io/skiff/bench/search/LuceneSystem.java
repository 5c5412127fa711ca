package io.skiff.bench.search;

import io.skiff.bench.corpus.CorpusFile;
import io.skiff.bench.corpus.WeightedTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene as it is meant to be used for learned sparse vectors: one {@code FeatureField} per token, a disjunction of
 * linear feature queries, one segment, dynamic pruning on from the first hit past k.
 *
 * <p>A FeatureField keeps 9 significant bits of a weight, so whole weights up to 255 are exact; query weights are
 * divided by a power of two to fit Lucene's limit of 64, so all scores are exact whole multiples of that fraction.
 */
final class LuceneSystem implements BenchSystem {
    private static final String FIELD = "v";
    private static final float QUERY_WEIGHT_UNIT = 1 / 4f;
    private static final double RAM_BUFFER_MEGABYTES = 256;

    private final IndexSearcher searcher;
    private final List<Query> queries;

    LuceneSystem(IndexReader reader, List<WeightedTokens> queries, String[] vocabulary) {
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        this.queries = queries.stream().map(query -> toQuery(query, vocabulary)).toList();
    }

    static BuildResult build(Path path, CorpusFile.Reader corpus, int threads, BuildClock clock) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig();
        config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
        config.setRAMBufferSizeMB(RAM_BUFFER_MEGABYTES);
        // One file per structure, so that the size of each can be told.
        config.setUseCompoundFile(false);
        config.setMergeScheduler(threads == 1 ? new SerialMergeScheduler() : mergesOn(threads));
        clock.start();
        try (Directory directory = new MMapDirectory(path)) {
            try (IndexWriter writer = new IndexWriter(directory, config)) {
                index(writer, corpus, threads, clock);
                writer.forceMerge(1);
                writer.commit();
            }
            LuceneFiles files = LuceneFiles.of(directory);
            return clock.result("Lucene", files.postingsBytes(), files.counted());
        }
    }

    private static ConcurrentMergeScheduler mergesOn(int threads) {
        ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
        scheduler.setMaxMergesAndThreads(threads + 5, threads);
        return scheduler;
    }

    private static void index(IndexWriter writer, CorpusFile.Reader corpus, int threads, BuildClock clock)
            throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Void>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(() -> {
                    addAll(writer, corpus, count, clock);
                    return null;
                }));
            }
            for (Future<Void> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Lucene could not index the corpus", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Lucene was indexing", e);
        }
    }

    private static void addAll(IndexWriter writer, CorpusFile.Reader corpus, AtomicInteger count, BuildClock clock)
            throws IOException {
        String[] vocabulary = corpus.vocabulary();
        // Lucene's own advice: fields are reused from one document to the next.
        FeatureField[] fields = new FeatureField[vocabulary.length];
        for (WeightedTokens vector; (vector = corpus.next()) != null; ) {
            Document document = new Document();
            document.add(new StoredField("id", Integer.toString(count.get())));
            for (int i = 0; i < vector.size(); i++) {
                int token = vector.tokens()[i];
                if (fields[token] == null) {
                    fields[token] = new FeatureField(FIELD, vocabulary[token], 1);
                }
                fields[token].setFeatureValue(vector.weights()[i]);
                document.add(fields[token]);
            }
            writer.addDocument(document);
            clock.documents(count.incrementAndGet());
        }
    }

    private static Query toQuery(WeightedTokens query, String[] vocabulary) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        for (int i = 0; i < query.size(); i++) {
            builder.add(
                    FeatureField.newLinearQuery(
                            FIELD, vocabulary[query.tokens()[i]], query.weights()[i] * QUERY_WEIGHT_UNIT),
                    BooleanClause.Occur.SHOULD);
        }
        return builder.build();
    }

    @Override
    public String name() {
        return "Lucene";
    }

    @Override
    public Object search(int query, int k) throws IOException {
        return searcher.search(queries.get(query), new TopScoreDocCollectorManager(k, null, k));
    }

    @Override
    public double[] scores(Object hits) {
        return Arrays.stream(((TopDocs) hits).scoreDocs)
                .mapToDouble(hit -> hit.score / QUERY_WEIGHT_UNIT)
                .toArray();
    }
}
