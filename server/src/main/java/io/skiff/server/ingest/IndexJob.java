package io.skiff.server.ingest;

import io.skiff.index.BuildOptions;
import io.skiff.index.BuildProgress;
import io.skiff.index.Document;
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

    /** The field of vectors that a model made from text beside BM25; by name behind that, which is searched unless said. */
    public static final String MODEL_FIELD = "text_learned";

    /** The field of vectors that the input carries. */
    public static final String VECTOR_FIELD = "vector";

    /** Documents that BM25's average length is taken from. */
    public static final int SAMPLE_DOCUMENTS = 20_000;

    private static final long SAMPLE_CHARS = 64L << 20;
    private static final long BATCH_CHARS = 1 << 20;

    private final IndexOptions options;
    private final DocumentSource source;
    private final IndexProgress progress;
    private final Records records;
    private final long startNanos = System.nanoTime();
    private long documentCount;
    /** Bad input met while the sample was read; it stands behind every document of the sample. */
    private Optional<BadInputException> endOfSample = Optional.empty();

    private IndexJob(DocumentSource source, IndexOptions options, IndexProgress progress) {
        this.options = options;
        this.source = source;
        this.progress = progress;
        this.records = new Records(source, options.skipBad());
    }

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
        boolean sampled =
                options.encoding() instanceof TextEncoding.Bm25 || options.encoding() instanceof TextEncoding.Both;
        List<InputRecord> sample = sampled ? sample() : List.of();
        try (DocumentEncoder encoder = DocumentEncoder.open(options.encoding(), sample);
                IndexBuilder builder =
                        IndexBuilder.create(options.directory(), encoder.fields(), options.replace(), buildOptions())) {
            addAll(sample.iterator(), encoder, builder);
            if (builder.documentCount() == 0) {
                throw new IOException("the input has no document" + (records.badCount() == 0 ? "" : " that is sound")
                        + ", so there is nothing to index");
            }
            IndexSummary summary = builder.commit();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
            return new IndexReport(
                    summary, documentCount, encoder.tokenCount(), elapsed, records.badCount(), records.messages());
        }
    }

    private BuildOptions buildOptions() {
        return options.build().withThreads(options.threadCount()).withProgress((phase, count, share) -> {
            if (phase != BuildProgress.Phase.DOCUMENTS) {
                progress.building(phase, share);
                progress.update(source, documentCount);
            }
        });
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

    private void addAll(Iterator<InputRecord> sample, DocumentEncoder encoder, IndexBuilder builder)
            throws IOException {
        int threads = encoder.threadCount(options.threadCount());
        try (InOrder<List<EncodedDocument>> work = new InOrder<>(threads, batch -> add(batch, encoder, builder))) {
            boolean more = true;
            while (more) {
                List<InputRecord> batch = new ArrayList<>();
                Optional<BadInputException> bad = fill(batch, encoder.batchDocuments(), sample);
                more = bad.isEmpty() && !batch.isEmpty();
                work.submit(() -> encoder.encode(batch));
                if (bad.isPresent()) {
                    work.finish();
                    throw bad.get();
                }
            }
            work.finish();
        }
    }

    /** Fills a batch up to its size or the end of the input; returns the bad input that it ended at. */
    private Optional<BadInputException> fill(List<InputRecord> batch, int documents, Iterator<InputRecord> sample)
            throws IOException {
        long chars = 0;
        try {
            while (batch.size() < documents && chars < BATCH_CHARS) {
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

    private void add(List<EncodedDocument> batch, DocumentEncoder encoder, IndexBuilder builder) throws IOException {
        boolean refused = false;
        for (EncodedDocument document : batch) {
            InputRecord record = document.record();
            if (document.chunk() > 0 && refused) {
                continue;
            }
            try {
                if (document.problem().isPresent()) {
                    throw new InvalidDocumentException("document '" + record.id() + "': "
                            + document.problem().get());
                }
                Map<String, SparseVector> vectors = HashMap.newHashMap(3);
                record.vector().ifPresent(vector -> vectors.put(VECTOR_FIELD, vector));
                vectors.putAll(document.vectors());
                builder.add(new Document(record.id(), vectors, record.source()));
                documentCount += document.chunk() == 0 ? 1 : 0;
                refused = false;
            } catch (InvalidDocumentException e) {
                refused = true;
                records.bad(new BadInputException(record.location(), e.getMessage()));
            }
        }
        progress.encoded(encoder.tokenCount());
        progress.update(source, documentCount);
    }
}
