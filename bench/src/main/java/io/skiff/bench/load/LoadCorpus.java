package io.skiff.bench.load;

import io.skiff.bench.corpus.CorpusFile;
import io.skiff.bench.corpus.CorpusOptions;
import io.skiff.bench.corpus.VectorPool;
import io.skiff.bench.corpus.WeightedTokens;
import io.skiff.index.BuildOptions;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexReader;
import io.skiff.index.Quantizer;
import io.skiff.server.cli.ProgressDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The documents that are searched and written, and an index of them that a server can serve. */
final class LoadCorpus {
    /** The field of the vectors. */
    static final String FIELD = "v";

    /** Tokens of a document that its stored text is made of: some 150 bytes, as a title and a snippet have. */
    private static final int TEXT_TOKENS = 20;

    private final Path work;
    private final PrintWriter err;

    LoadCorpus(Path work, PrintWriter err) {
        this.work = work;
        this.err = err;
    }

    /** The corpus of these options, generated if it is not there. */
    Path corpus(VectorPool pool, CorpusOptions options) throws IOException {
        Files.createDirectories(work);
        Path file = work.resolve("load-" + options.documents() + ".corpus");
        String identity = "load 1; " + options + "; pool " + Integer.toHexString(pool.hashCode());
        if (!CorpusFile.isOf(file, identity)) {
            try (ProgressDisplay display = display("generating", options.documents())) {
                CorpusFile.write(file, identity, pool, options, count -> display.update(count, count + " documents"));
            }
        }
        return file;
    }

    /**
     * A folder to serve, with an index named {@code load} over a corpus, built if it is not there or is older.
     */
    Path data(Path corpus) throws IOException {
        Path data = work.resolve(corpus.getFileName().toString().replace(".corpus", "-data"));
        Path index = data.resolve("load");
        if (IndexReader.isIndex(index)
                && Files.getLastModifiedTime(index).compareTo(Files.getLastModifiedTime(corpus)) > 0) {
            return data;
        }
        Files.createDirectories(data);
        FieldOptions whole = new FieldOptions(Optional.of(Quantizer.IDENTITY), Map.of());
        try (CorpusFile.Reader reader = new CorpusFile.Reader(corpus);
                ProgressDisplay display = display("indexing", reader.documentCount());
                IndexBuilder builder =
                        IndexBuilder.create(index, Map.of(FIELD, whole), true, BuildOptions.DEFAULT.withThreads(2))) {
            int count = 0;
            for (WeightedTokens document; (document = reader.next()) != null; ) {
                builder.add(new Document(
                        Integer.toString(count),
                        Map.of(FIELD, document.toSparseVector(reader.vocabulary())),
                        source(document, reader.vocabulary())));
                display.update(++count, count + " documents");
            }
            builder.commit();
        }
        return data;
    }

    private ProgressDisplay display(String task, long documents) {
        return ProgressDisplay.start(err, task, OptionalLong.of(documents), "documents");
    }

    /** What is stored of a document, and comes back with a hit. */
    static byte[] source(WeightedTokens document, String[] vocabulary) {
        return ("{\"text\":\"" + text(document, vocabulary) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    static String text(WeightedTokens document, String[] vocabulary) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(TEXT_TOKENS, document.size()); i++) {
            String token = vocabulary[document.tokens()[i]];
            // Tokens are of a model's vocabulary; those that JSON would have to escape are not worth it here.
            text.append(token.chars().allMatch(Character::isLetterOrDigit) ? token : "x")
                    .append(' ');
        }
        return text.toString();
    }
}
