package io.skiff.bench.kernel;

import io.skiff.index.IndexReader;
import io.skiff.scoring.Kernels;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole exhaustive search over a synthetic index, the queries taking turns so that caches are cold for each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"
        })
public class SearchBenchmark {
    private static final long SEED = 42;
    private static final int QUERIES = 500;

    /** The kernels measured. */
    @Param({"scalar", "simd"})
    public String kernels;

    /** Documents in the index, 100 postings each. */
    @Param("200000")
    public int documents;

    /** Hits asked for. */
    @Param({"10", "100", "1000"})
    public int k;

    private Path directory;
    private IndexReader reader;
    private Searcher searcher;
    private List<SparseQuery> queries;
    private int next;

    /** Builds the index. */
    @Setup
    public void setUp() throws IOException {
        directory = Files.createTempDirectory("skiff-bench");
        SyntheticCorpus corpus = new SyntheticCorpus(SEED);
        corpus.index(directory.resolve("index"), documents);
        queries = corpus.queries(QUERIES);
        reader = IndexReader.open(directory.resolve("index"));
        searcher = new Searcher(reader, Kernels.named(kernels));
    }

    /** Removes the index. */
    @TearDown
    public void tearDown() throws IOException {
        reader.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One search. */
    @Benchmark
    public TopDocs search() {
        next = (next + 1) % QUERIES;
        return searcher.search(queries.get(next), k);
    }
}
