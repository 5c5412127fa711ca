package io.skiff.bench.kernel;

import io.skiff.bench.corpus.CorpusGenerator;
import io.skiff.bench.corpus.CorpusOptions;
import io.skiff.bench.corpus.DocumentSupplier;
import io.skiff.bench.corpus.Variant;
import io.skiff.bench.corpus.VectorPool;
import io.skiff.bench.corpus.WeightedTokens;
import io.skiff.index.BuildOptions;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexReader;
import io.skiff.index.PostingsChoice;
import io.skiff.index.Quantizer;
import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.scoring.Kernels;
import io.skiff.scoring.SearchStrategy;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * A whole search over an index of made-up documents that have topics, the queries taking turns so that caches are cold for
 * each. One way and one kind of kernels at a time: by blocks that is the bounds pass, the order and the scoring of blocks.
 */
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
    private static final String FIELD = "v";

    /** The kernels measured. */
    @Param({"scalar", "simd"})
    public String kernels;

    /** The way measured. */
    @Param({"EXHAUSTIVE", "BLOCK_MAX"})
    public SearchStrategy strategy;

    /** Documents in the index, some 120 postings each. */
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
        VectorPool pool = VectorPool.synthetic(QUERIES, SEED);
        String[] vocabulary = CorpusGenerator.vocabulary(pool);
        index(CorpusGenerator.of(pool, new CorpusOptions(documents, QUERIES, SEED, Variant.DEFAULT)), vocabulary);
        queries = pool.queries().stream()
                .map(query -> SparseQuery.of(FIELD, query.toSparseVector(vocabulary)))
                .toList();
        reader = IndexReader.open(directory.resolve("index"));
        searcher = new Searcher(reader, Kernels.named(kernels), strategy);
    }

    private void index(DocumentSupplier corpus, String[] vocabulary) throws IOException {
        FieldOptions whole = new FieldOptions(Optional.of(Quantizer.IDENTITY), Map.of());
        BuildOptions both = BuildOptions.DEFAULT
                .withBlockMax(new BlockMaxOptions(0, BlockMaxOptions.DEFAULT.blockShift()))
                .withPostings(PostingsChoice.ALWAYS);
        Path index = directory.resolve("index");
        try (IndexBuilder builder = IndexBuilder.create(index, Map.of(FIELD, whole), false, both)) {
            for (WeightedTokens vector; (vector = corpus.next()) != null; ) {
                String id = Integer.toString(builder.documentCount());
                builder.add(Document.of(id, FIELD, vector.toSparseVector(vocabulary)));
            }
            builder.commit();
        }
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
