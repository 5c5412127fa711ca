package io.skiff.server.ingest;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.index.BuildOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to build an index.
 *
 * @param directory where it goes
 * @param replace whether an index that is there already is replaced
 * @param encoding how the documents' texts become vectors
 * @param build how its segment is built; threads and progress are the job's
 * @param threadCount threads that encode and build, at least 1
 * @param skipBad whether bad input is counted and passed over instead of ending the job
 */
public record IndexOptions(
        Path directory, boolean replace, TextEncoding encoding, BuildOptions build, int threadCount, boolean skipBad) {
    /** Refuses a number of threads below 1. */
    public IndexOptions {
        if (threadCount < 1) {
            throw new IllegalArgumentException("threadCount must be at least 1, got " + threadCount);
        }
    }

    /** With BM25 for the documents' texts, or without any encoder. */
    public IndexOptions(
            Path directory, boolean replace, Optional<Bm25Encoder.Parameters> bm25, int threadCount, boolean skipBad) {
        this(
                directory,
                replace,
                bm25.<TextEncoding>map(TextEncoding.Bm25::new).orElseGet(TextEncoding.None::new),
                BuildOptions.DEFAULT,
                threadCount,
                skipBad);
    }

    /** BM25 with its default parameters on every processor, stopping at bad input. */
    public static IndexOptions bm25(Path directory, boolean replace) {
        return new IndexOptions(
                directory,
                replace,
                Optional.of(Bm25Encoder.Parameters.DEFAULT),
                Runtime.getRuntime().availableProcessors(),
                false);
    }
}
