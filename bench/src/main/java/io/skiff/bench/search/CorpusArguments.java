package io.skiff.bench.search;

import io.skiff.bench.corpus.CorpusOptions;
import io.skiff.bench.corpus.Variant;
import io.skiff.bench.corpus.VectorPool;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which corpus is dealt, and where it is kept. */
public final class CorpusArguments {
    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description = "Folder of real vectors, *.vec.tsv.gz with lines id<TAB>token:weight ...; without it the "
                    + "vectors are made up, and results not comparable with those on real ones.")
    private Path vectors;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "100k",
            converter = DocumentCount.class,
            description = "Size of the corpus, such as 100k, 1M, 4M (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Vectors held out as queries (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "bench-work",
            description = "Where corpus and indexes are kept; the corpus is used again (default: ${DEFAULT-VALUE}).")
    private Path work;

    /** The vectors that a corpus is dealt from. */
    public VectorPool pool() throws IOException {
        return vectors == null ? VectorPool.synthetic(queries, seed) : VectorPool.read(vectors, queries, seed);
    }

    /** The corpus that is dealt from them. */
    public CorpusOptions options(Variant variant) {
        return new CorpusOptions(documents, queries, seed, variant);
    }

    /** Documents in it. */
    public int documents() {
        return documents;
    }

    /** Where everything is kept. */
    public Path work() {
        return work;
    }
}
