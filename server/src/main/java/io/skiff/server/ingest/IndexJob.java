package io.skiff.server.ingest;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexSummary;
import io.skiff.index.InvalidDocumentException;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds an index from a source of documents: reads, encodes on several threads, adds in the order of the source.
 *
 * <p>The average length that BM25 needs is taken from the first {@value #SAMPLE_DOCUMENTS} documents (or the first
 * {@value #SAMPLE_CHARS} characters), so that the collection is read once; up to that size it is exact. Beyond, only
 * a collection sorted by length would make it differ enough to be seen in a ranking.
 */
public final class IndexJob {
    /** The field of vectors made from text. */
    public static final String TEXT_FIELD = "text";

    /** The field of vectors that the input carries. */
    public static final String VECTOR_FIELD = "vector";

    /** Documents that BM25's average length is taken from. */
    public static final int SAMPLE_DOCUMENTS = 20_000;

    private static final long SAMPLE_CHARS = 64L << 20;
    private static final int BATCH_DOCUMENTS = 128;
    private static final long BATCH_CHARS = 1 << 20;

    private final IndexOptions options;
    private final DocumentSource source;
    private final IndexProgress progress;
    private final Records records;
    private final long startNanos = System.nanoTime();
    /** Bad input met while the sample was read; it stands behind every document of the sample. */
    private Optional<BadInputException> endOfSample = Optional.empty();

    private IndexJob(DocumentSource source, IndexOptions options, IndexProgress progress) {
        this.options = options;
        this.source = source;
        this.progress = progress;
        this.records = new Records(source, options.skipBad());
    }

    /** Documents with the vectors that an encoder made of their texts. */
    private record Batch(List<InputRecord> records, List<SparseVector> vectors) {}

    /**
     * Builds the index, whole or not at all.
     *
     * @param source read to its end; the caller's to close
     * @throws FileAlreadyExistsException if the directory exists and is not to be replaced
     * @throws BadInputException at the first bad document in the source's order, unless those are skipped
     * @throws IOException if the source cannot be read, has no document, or the index cannot be written
     */
    public static IndexReport run(DocumentSource source, IndexOptions options, IndexProgress progress)
            throws IOException {
        if (!options.replace() && Files.exists(options.directory())) {
            throw new FileAlreadyExistsException(options.directory().toString(), null, "exists already");
        }
        return new IndexJob(source, options, progress).run();
    }

    private IndexReport run() throws IOException {
        List<InputRecord> sample = options.bm25().isPresent() ? sample() : List.of();
        Optional<SparseEncoder> encoder = options.bm25().map(parameters -> encoder(parameters, sample));
        Map<String, FieldOptions> fields = new HashMap<>();
        encoder.ifPresent(present -> fields.put(TEXT_FIELD, present.fieldOptions()));
        try (IndexBuilder builder = IndexBuilder.create(options.directory(), fields, options.replace())) {
            addAll(sample.iterator(), encoder, builder);
            if (builder.documentCount() == 0) {
                throw new IOException("the input has no document" + (records.badCount() == 0 ? "" : " that is sound")
                        + ", so there is nothing to index");
            }
            IndexSummary summary = builder.commit();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
            return new IndexReport(summary, elapsed, records.badCount(), records.messages());
        } finally {
            encoder.ifPresent(SparseEncoder::close);
        }
    }

    private static SparseEncoder encoder(Bm25Encoder.Parameters parameters, List<InputRecord> sample) {
        return Bm25Encoder.calibratedOn(
                parameters, () -> sample.stream().map(InputRecord::text).iterator());
    }

    private List<InputRecord> sample() throws IOException {
        List<InputRecord> sample = new ArrayList<>();
        long chars = 0;
        while (sample.size() < SAMPLE_DOCUMENTS && chars < SAMPLE_CHARS) {
            Optional<InputRecord> next;
            try {
                next = records.next();
            } catch (BadInputException e) {
                // Not yet: a document before it may prove bad when it is added, and the first one is to be named.
                endOfSample = Optional.of(e);
                break;
            }
            if (next.isEmpty()) {
                break;
            }
            sample.add(next.get());
            chars += next.get().text().length();
            progress.update(source, 0);
        }
        return sample;
    }

    private void addAll(Iterator<InputRecord> sample, Optional<SparseEncoder> encoder, IndexBuilder builder)
            throws IOException {
        try (InOrder<Batch> work = new InOrder<>(options.threadCount(), batch -> add(batch, builder))) {
            boolean more = true;
            while (more) {
                List<InputRecord> batch = new ArrayList<>();
                Optional<BadInputException> bad = fill(batch, sample);
                more = bad.isEmpty() && !batch.isEmpty();
                work.submit(() -> encode(batch, encoder));
                if (bad.isPresent()) {
                    work.finish();
                    throw bad.get();
                }
            }
            work.finish();
        }
    }

    /** Fills a batch up to its size or the end of the input; returns the bad input that it ended at. */
    private Optional<BadInputException> fill(List<InputRecord> batch, Iterator<InputRecord> sample) throws IOException {
        long chars = 0;
        try {
            while (batch.size() < BATCH_DOCUMENTS && chars < BATCH_CHARS) {
                Optional<InputRecord> next = next(sample);
                if (next.isEmpty()) {
                    break;
                }
                batch.add(next.get());
                chars += next.get().text().length();
            }
            return Optional.empty();
        } catch (BadInputException e) {
            return Optional.of(e);
        }
    }

    private Optional<InputRecord> next(Iterator<InputRecord> sample) throws IOException {
        if (sample.hasNext()) {
            return Optional.of(sample.next());
        }
        if (endOfSample.isPresent()) {
            throw endOfSample.get();
        }
        return records.next();
    }

    private static Batch encode(List<InputRecord> batch, Optional<SparseEncoder> encoder) {
        List<SparseVector> vectors = encoder.isEmpty()
                ? List.of()
                : encoder.get()
                        .encodeDocuments(batch.stream().map(InputRecord::text).toList());
        return new Batch(batch, vectors);
    }

    private void add(Batch batch, IndexBuilder builder) throws IOException {
        for (int i = 0; i < batch.records().size(); i++) {
            InputRecord document = batch.records().get(i);
            Map<String, SparseVector> vectors = HashMap.newHashMap(2);
            document.vector().ifPresent(vector -> vectors.put(VECTOR_FIELD, vector));
            if (!batch.vectors().isEmpty()) {
                vectors.put(TEXT_FIELD, batch.vectors().get(i));
            }
            try {
                builder.add(new Document(document.id(), vectors, document.source()));
            } catch (InvalidDocumentException e) {
                records.bad(new BadInputException(document.location(), e.getMessage()));
            }
        }
        progress.update(source, builder.documentCount());
    }
}
