package io.skiff.bench.harness;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.BuildOptions;
import io.skiff.index.IndexReader;
import io.skiff.server.cli.ProgressDisplay;
import io.skiff.server.cli.ShownProgress;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.EncodeJob;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.IndexOptions;
import io.skiff.server.ingest.TextEncoding;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Builds the one index of a collection that every configuration searches: words by BM25, and vectors where there are. */
final class CollectionIndex {
    private static final String FORMAT = "quality 1";

    private final Path folder;
    private final BeirCollection collection;
    private final Optional<OnnxEncoder> model;
    private final PrintWriter err;

    /**
     * @param work the folder of all collections; this one has a folder of its own in it
     * @param model makes the vectors, instead of those that are given
     * @param err where progress goes
     */
    CollectionIndex(Path work, BeirCollection collection, Optional<OnnxEncoder> model, PrintWriter err) {
        this.folder = work.resolve(collection.name());
        this.collection = collection;
        this.model = model;
        this.err = err;
    }

    /**
     * Builds the index, or finds it.
     *
     * @param reuse whether one that was built from the same files may be used again
     * @return where it is
     */
    Path prepare(boolean reuse) throws IOException {
        Path index = folder.resolve("index");
        Path identityFile = folder.resolve("identity");
        String identity = identity();
        if (reuse && IndexReader.isIndex(index) && Files.exists(identityFile)) {
            if (Files.readString(identityFile).equals(identity)) {
                return index;
            }
            err.println(collection.name() + ": its files or the model have changed since the index was built");
        }
        Files.createDirectories(folder);
        Files.deleteIfExists(identityFile);
        Optional<Path> vectors = model.isPresent()
                ? Optional.of(encode(model.get()))
                : collection.vectors().map(BeirCollection.Vectors::documents);
        try (DocumentSource source = vectors.isPresent()
                        ? VectorJoin.open(collection.corpus(), vectors.get())
                        : VectorJoin.corpus(collection.corpus());
                ProgressDisplay display = display("indexing", source)) {
            IndexOptions options = new IndexOptions(
                    index,
                    true,
                    new TextEncoding.Bm25(Bm25Encoder.Parameters.DEFAULT),
                    BuildOptions.DEFAULT,
                    Runtime.getRuntime().availableProcessors(),
                    false);
            IndexJob.run(source, options, new ShownProgress(display));
        }
        Files.writeString(identityFile, identity);
        return index;
    }

    private Path encode(OnnxEncoder encoder) throws IOException {
        Path file = folder.resolve("vectors.jsonl.gz");
        try (DocumentSource source = VectorJoin.corpus(collection.corpus());
                Writer out = new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(file), 1 << 16), StandardCharsets.UTF_8);
                ProgressDisplay display = display("encoding", source)) {
            new EncodeJob(encoder, Optional.empty(), out, new ShownProgress(display)).run(List.of(), source);
        }
        return file;
    }

    private ProgressDisplay display(String task, DocumentSource source) {
        return ProgressDisplay.start(err, collection.name() + ": " + task, source.length(), source.unit());
    }

    /** What the index depends on; a file stands for its content by size and time. */
    private String identity() throws IOException {
        StringBuilder text = new StringBuilder(FORMAT).append('\n').append(described(collection.corpus()));
        if (model.isPresent()) {
            text.append(new TreeMap<>(model.get().attributes())).append('\n');
        } else if (collection.vectors().isPresent()) {
            text.append(described(collection.vectors().get().documents()));
        }
        return text.toString();
    }

    private static String described(Path file) throws IOException {
        return file.toAbsolutePath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
    }
}
