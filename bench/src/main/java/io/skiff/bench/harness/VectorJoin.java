package io.skiff.bench.harness;

import io.skiff.index.SparseVector;
import io.skiff.server.ingest.BadInputException;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.InputFormat;
import io.skiff.server.ingest.InputRecord;
import io.skiff.server.ingest.LineSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The documents of a corpus, each with its vector out of another file. Where both files have one order, a vector is read
 * when its document is; where they have not, vectors that come early wait in memory.
 */
final class VectorJoin implements DocumentSource {
    private static final byte[] NO_SOURCE = new byte[0];

    private final DocumentSource corpus;
    private final DocumentSource vectors;
    private final Path vectorsFile;
    private final Map<String, InputRecord> waiting = new HashMap<>();

    private VectorJoin(DocumentSource corpus, DocumentSource vectors, Path vectorsFile) {
        this.corpus = corpus;
        this.vectors = vectors;
        this.vectorsFile = vectorsFile;
    }

    static VectorJoin open(Path corpus, Path vectors) throws IOException {
        DocumentSource documents = corpus(corpus);
        try {
            return new VectorJoin(
                    documents,
                    LineSource.open(List.of(vectors.toString()), Optional.of(InputFormat.VECTORS))
                            .source(),
                    vectors);
        } catch (IOException | RuntimeException e) {
            documents.close();
            throw e;
        }
    }

    /** The documents alone. */
    static DocumentSource corpus(Path file) throws IOException {
        return LineSource.open(List.of(file.toString()), Optional.of(InputFormat.BEIR))
                .source();
    }

    @Override
    public Optional<InputRecord> next() throws IOException {
        Optional<InputRecord> next = corpus.next();
        if (next.isEmpty()) {
            refuseLeftOver();
            return next;
        }
        InputRecord document = next.get();
        return Optional.of(new InputRecord(
                document.id(), document.text(), Optional.of(vectorOf(document)), NO_SOURCE, document.location()));
    }

    private SparseVector vectorOf(InputRecord document) throws IOException {
        InputRecord vector = waiting.remove(document.id());
        while (vector == null) {
            InputRecord read = vectors.next()
                    .orElseThrow(() -> new BadInputException(
                            document.location(), "document '" + document.id() + "' has no vector in " + vectorsFile));
            if (read.id().equals(document.id())) {
                vector = read;
            } else {
                waiting.put(read.id(), read);
            }
        }
        return vector.vector().orElseThrow();
    }

    private void refuseLeftOver() throws IOException {
        Optional<InputRecord> left = waiting.values().stream().findFirst();
        if (left.isEmpty()) {
            left = vectors.next();
        }
        if (left.isPresent()) {
            throw new BadInputException(
                    left.get().location(),
                    "vector '" + left.get().id() + "' is of no document, or of one that had its vector already");
        }
    }

    @Override
    public long position() {
        return corpus.position();
    }

    @Override
    public OptionalLong length() {
        return corpus.length();
    }

    @Override
    public String unit() {
        return corpus.unit();
    }

    @Override
    public void close() throws IOException {
        try (corpus) {
            vectors.close();
        }
    }
}
