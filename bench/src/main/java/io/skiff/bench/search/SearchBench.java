package io.skiff.bench.search;

import io.skiff.bench.corpus.CorpusFile;
import io.skiff.bench.corpus.CorpusOptions;
import io.skiff.bench.corpus.VectorPool;
import io.skiff.bench.corpus.WeightedTokens;
import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.scoring.SearchStrategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.MMapDirectory;

/** The steps of the benchmark, over one folder that holds the corpus and both indexes. */
final class SearchBench {
    private final Path work;
    private final Path skiffIndex;
    private final Path luceneIndex;
    private final PrintWriter progress;

    SearchBench(Path work, PrintWriter progress) {
        this.work = work;
        this.skiffIndex = work.resolve("skiff");
        this.luceneIndex = work.resolve("lucene");
        this.progress = progress;
    }

    /** The corpus of these options, generated if it is not there. */
    Path corpus(VectorPool pool, CorpusOptions options) throws IOException {
        Files.createDirectories(work);
        Path file = work.resolve("corpus-" + options.documents() + "-" + options.variant() + ".bin");
        String identity = "corpus 1; " + options + "; pool " + Integer.toHexString(pool.hashCode());
        if (!CorpusFile.isOf(file, identity)) {
            ProgressLines lines = new ProgressLines(progress, "corpus", options.documents());
            CorpusFile.write(file, identity, pool, options, lines::at);
            lines.done();
        }
        return file;
    }

    /** Whether both indexes are there, of whatever corpus. */
    boolean hasIndexes() {
        return Files.isDirectory(skiffIndex) && Files.isDirectory(luceneIndex);
    }

    long postings(Path corpus) throws IOException {
        long postings = 0;
        try (CorpusFile.Reader reader = new CorpusFile.Reader(corpus)) {
            for (WeightedTokens document; (document = reader.next()) != null; ) {
                postings += document.size();
            }
        }
        return postings;
    }

    List<BuildResult> build(Path corpus, SkiffBuild build) throws IOException {
        long postings = postings(corpus);
        List<BuildResult> results = new ArrayList<>();
        try (CorpusFile.Reader reader = new CorpusFile.Reader(corpus)) {
            results.add(
                    LuceneSystem.build(luceneIndex, reader, build.threads(), clock("Lucene build", reader, postings)));
        }
        try (CorpusFile.Reader reader = new CorpusFile.Reader(corpus)) {
            results.add(SkiffSystem.build(skiffIndex, reader, build, clock("Skiff build", reader, postings)));
        }
        return results;
    }

    private BuildClock clock(String task, CorpusFile.Reader corpus, long postings) {
        return new BuildClock(new ProgressLines(progress, task, corpus.documentCount()), postings);
    }

    List<Latency> measure(
            Path corpus, List<Integer> ks, List<Double> ignoredShares, int warmUpRounds, int rounds, LatencyClock clock)
            throws IOException {
        try (CorpusFile.Reader reader = new CorpusFile.Reader(corpus);
                MMapDirectory luceneFiles = new MMapDirectory(luceneIndex);
                DirectoryReader lucene = DirectoryReader.open(luceneFiles);
                IndexReader skiff = IndexReader.open(skiffIndex)) {
            List<WeightedTokens> queries = reader.queries();
            List<BenchSystem> systems = new ArrayList<>();
            systems.add(new LuceneSystem(lucene, queries, reader.vocabulary()));
            boolean hasPostings = skiff.segments().stream().allMatch(SegmentReader::hasPostings);
            for (SearchStrategy strategy : SearchStrategy.values()) {
                if (strategy == SearchStrategy.EXHAUSTIVE && !hasPostings) {
                    continue; // it would score every block
                }
                systems.add(new SkiffSystem(skiff, strategy, 0, queries, reader.vocabulary()));
            }
            for (double share : ignoredShares) {
                systems.add(new SkiffSystem(skiff, SearchStrategy.AUTO, share, queries, reader.vocabulary()));
            }
            List<Latency> latencies = new ArrayList<>();
            LatencyRounds timing = new LatencyRounds(systems, queries.size(), clock);
            for (int k : ks) {
                ScoreCheck.verify(systems, queries.size(), k);
                progress.printf("k=%d: all exact systems have the same scores on all %,d queries%n", k, queries.size());
                ProgressLines lines = new ProgressLines(progress, "k=" + k + " rounds", warmUpRounds + rounds);
                List<Latency> timed = timing.run(k, warmUpRounds, rounds, lines);
                for (int i = 0; i < timed.size(); i++) {
                    latencies.add(timed.get(i)
                            .with(
                                    recall(systems, i, queries.size(), k),
                                    scoredBlockShare(systems.get(i), queries.size(), k)));
                }
            }
            return latencies;
        }
    }

    private static double recall(List<BenchSystem> systems, int system, int queryCount, int k) throws IOException {
        return systems.get(system).isExact()
                ? 1
                : ScoreCheck.recall(systems.getFirst(), systems.get(system), queryCount, k);
    }

    private static double scoredBlockShare(BenchSystem system, int queryCount, int k) {
        double sum = 0;
        for (int query = 0; query < queryCount; query++) {
            sum += system.scoredBlockShare(query, k);
        }
        return sum / queryCount;
    }
}
