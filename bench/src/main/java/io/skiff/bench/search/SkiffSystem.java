package io.skiff.bench.search;

import io.skiff.bench.corpus.CorpusFile;
import io.skiff.bench.corpus.WeightedTokens;
import io.skiff.index.BuildOptions;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexReader;
import io.skiff.index.IndexSummary;
import io.skiff.index.Quantizer;
import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.scoring.Hit;
import io.skiff.scoring.Kernels;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.SearchStrategy;
import io.skiff.scoring.Searcher;
import io.skiff.scoring.SegmentProfile;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Skiff, searching by one of its strategies. */
final class SkiffSystem implements BenchSystem {
    private static final String FIELD = "v";

    private static final List<String> SEARCHED =
            List.of("postings", "blockrecords", "blockbounds", "blockoffsets", "blockterms", "terms");

    /** Forces kernels, here as everywhere. */
    private static final String KERNELS_PROPERTY = "skiff.kernels";

    private final Searcher searcher;
    private final SearchStrategy strategy;
    private final double ignoredShare;
    private final List<SparseQuery> queries;

    /** @param ignoredShare of the query's mass, 0 for exact hits */
    SkiffSystem(
            IndexReader reader,
            SearchStrategy strategy,
            double ignoredShare,
            List<WeightedTokens> queries,
            String[] vocabulary) {
        this.searcher = new Searcher(reader, Kernels.named(System.getProperty(KERNELS_PROPERTY, "auto")), strategy);
        this.strategy = strategy;
        this.ignoredShare = ignoredShare;
        this.queries = queries.stream()
                .map(query -> SparseQuery.of(FIELD, query.toSparseVector(vocabulary)))
                .toList();
    }

    static BuildResult build(Path directory, CorpusFile.Reader corpus, SkiffBuild build, BuildClock clock)
            throws IOException {
        FieldOptions whole = new FieldOptions(Optional.of(Quantizer.IDENTITY), Map.of());
        clock.start();
        BlockMaxOptions blockMax = new BlockMaxOptions(
                BlockMaxOptions.DEFAULT.leastDocumentCount(), Integer.numberOfTrailingZeros(build.blockSize()));
        BuildOptions options = BuildOptions.DEFAULT
                .withBlockMax(blockMax)
                .withPostings(build.postings())
                .withThreads(build.threads());
        try (IndexBuilder builder = IndexBuilder.create(directory, Map.of(FIELD, whole), true, options)) {
            int count = 0;
            for (WeightedTokens document; (document = corpus.next()) != null; ) {
                builder.add(Document.of(Integer.toString(count), FIELD, document.toSparseVector(corpus.vocabulary())));
                clock.documents(++count);
            }
            IndexSummary summary = builder.commit();
            return clock.result("Skiff", summary.postingsBytes(), files(directory, summary.postingCount()));
        }
    }

    /** The files that a search reads, and the bytes of each per posting. */
    private static String files(Path directory, long postings) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString().split("\\."))
                    .filter(name -> name.length == 3 && SEARCHED.contains(name[1]))
                    .sorted(Comparator.comparing(name -> name[1]))
                    .map(name -> {
                        Path file = directory.resolve(String.join(".", name));
                        return String.format(
                                Locale.ROOT,
                                "%s %.2f",
                                name[1],
                                (double) file.toFile().length() / postings);
                    })
                    .collect(Collectors.joining(", "));
        }
    }

    @Override
    public String name() {
        return isExact()
                ? "Skiff " + strategy.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : "Skiff approx " + ignoredShare;
    }

    @Override
    public Object search(int query, int k) {
        return searcher.search(queries.get(query), options(k));
    }

    private SearchOptions options(int k) {
        return SearchOptions.top(k).ignoring(ignoredShare);
    }

    @Override
    public boolean isExact() {
        return ignoredShare == 0;
    }

    @Override
    public double scoredBlockShare(int query, int k) {
        long blocks = 0;
        long scored = 0;
        for (SegmentProfile segment :
                searcher.profile(queries.get(query), options(k)).segments()) {
            blocks += segment.blockCount();
            scored += segment.way() == SegmentProfile.Way.BLOCK_MAX ? segment.scoredBlockCount() : segment.blockCount();
        }
        return (double) scored / blocks;
    }

    @Override
    public double[] scores(Object hits) {
        return ((TopDocs) hits).hits().stream().mapToDouble(Hit::score).toArray();
    }
}
