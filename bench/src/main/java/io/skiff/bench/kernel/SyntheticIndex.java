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
import io.skiff.scoring.SparseQuery;
import io.skiff.server.collection.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An index of made-up documents that have topics, with both kinds of structures, in a folder that goes when it is closed. */
final class SyntheticIndex implements AutoCloseable {
    private static final long SEED = 42;
    private static final int QUERIES = 500;
    private static final String FIELD = "v";

    private final Path directory;
    private final IndexReader reader;
    private final List<SparseQuery> queries;

    /** Builds one of so many documents of some 120 tokens. */
    SyntheticIndex(int documents) throws IOException {
        directory = Files.createTempDirectory("skiff-bench");
        VectorPool pool = VectorPool.synthetic(QUERIES, SEED);
        String[] vocabulary = CorpusGenerator.vocabulary(pool);
        build(CorpusGenerator.of(pool, new CorpusOptions(documents, QUERIES, SEED, Variant.DEFAULT)), vocabulary);
        queries = pool.queries().stream()
                .map(query -> SparseQuery.of(FIELD, query.toSparseVector(vocabulary)))
                .toList();
        reader = IndexReader.open(directory.resolve("index"));
    }

    private void build(DocumentSupplier corpus, String[] vocabulary) throws IOException {
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

    IndexReader reader() {
        return reader;
    }

    /** Queries like the documents, always the same. */
    List<SparseQuery> queries() {
        return queries;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        DurableFiles.delete(directory);
    }
}
