package io.skiff.server.ingest;

import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes the vectors of texts as JSON lines, {@code {"id", "vector": {token: weight}}}, in the order of the texts. */
public final class EncodeJob {
    private static final int BATCH_DOCUMENTS = 128;

    /** More for a model, which sorts texts by length; and threads to tokenize while it runs. */
    private static final int MODEL_BATCH_DOCUMENTS = 512;

    private static final int MODEL_THREADS = 4;

    private final SparseEncoder encoder;
    private final Optional<FieldStatistics> queryStatistics;
    private final Writer out;
    private final IndexProgress progress;
    private long written;

    /** Texts and their vectors. */
    private record Batch(List<InputRecord> records, List<SparseVector> vectors) {}

    /**
     * A job.
     *
     * @param queryStatistics to encode texts as queries, the statistics for their weights; empty to encode documents
     * @param out where the lines go; flushed, not closed
     * @param progress is told how many vectors are written
     */
    public EncodeJob(
            SparseEncoder encoder, Optional<FieldStatistics> queryStatistics, Writer out, IndexProgress progress) {
        this.encoder = encoder;
        this.queryStatistics = queryStatistics;
        this.out = out;
        this.progress = progress;
    }

    /** Opens texts: BEIR's JSON lines if the first one is a JSON object, else each line one text, its number the id. */
    public static DocumentSource open(String input) throws IOException {
        LineReader lines = LineReader.open(input);
        try {
            Optional<byte[]> first = lines.peek();
            boolean json = first.isPresent() && InputFormat.startsObject(first.get());
            return LineSource.of(lines, json ? new BeirRecords() : new PlainTextRecords());
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** Up to that many texts from the start of a source, for calibration; {@link #run} is to be given them first. */
    public static List<InputRecord> sample(DocumentSource source, int count) throws IOException {
        List<InputRecord> sample = new ArrayList<>();
        read(sample, source, count);
        return sample;
    }

    private static void read(List<InputRecord> into, DocumentSource source, int count) throws IOException {
        while (into.size() < count) {
            Optional<InputRecord> next = source.next();
            if (next.isEmpty()) {
                break;
            }
            into.add(next.get());
        }
    }

    /**
     * Encodes a sample and then the rest of the source that it was taken from; returns the number of vectors.
     *
     * @throws BadInputException at the first text that cannot be read or encoded; those before it are written
     */
    public long run(List<InputRecord> sample, DocumentSource source) throws IOException {
        boolean model = encoder instanceof OnnxEncoder;
        int batchSize = model ? MODEL_BATCH_DOCUMENTS : BATCH_DOCUMENTS;
        int threads = model ? MODEL_THREADS : 1;
        try (InOrder<Batch> work = new InOrder<>(threads, batch -> write(batch, source))) {
            for (int from = 0; from < sample.size(); from += batchSize) {
                List<InputRecord> batch = sample.subList(from, Math.min(sample.size(), from + batchSize));
                work.submit(() -> encode(batch));
            }
            boolean more = true;
            while (more) {
                List<InputRecord> batch = new ArrayList<>();
                Optional<BadInputException> bad = fill(batch, source, batchSize);
                more = bad.isEmpty() && !batch.isEmpty();
                work.submit(() -> encode(batch));
                if (bad.isPresent()) {
                    work.finish();
                    throw bad.get();
                }
            }
            work.finish();
        } finally {
            out.flush();
        }
        return written;
    }

    private static Optional<BadInputException> fill(List<InputRecord> batch, DocumentSource source, int size)
            throws IOException {
        try {
            read(batch, source, size);
            return Optional.empty();
        } catch (BadInputException e) {
            return Optional.of(e);
        }
    }

    private Batch encode(List<InputRecord> batch) throws BadInputException {
        List<String> texts = batch.stream().map(InputRecord::text).toList();
        if (queryStatistics.isPresent()) {
            List<SparseVector> vectors = new ArrayList<>(texts.size());
            for (InputRecord query : batch) {
                try {
                    vectors.add(encoder.encodeQuery(query.text(), queryStatistics.get()));
                } catch (EncodingException e) {
                    throw new BadInputException(query.location(), e.problem());
                }
            }
            return new Batch(batch, vectors);
        }
        try {
            return new Batch(batch, encoder.encodeDocuments(texts));
        } catch (EncodingException e) {
            if (e.textIndex() == EncodingException.NO_TEXT) {
                throw e;
            }
            throw new BadInputException(batch.get(e.textIndex()).location(), e.problem());
        }
    }

    private void write(Batch batch, DocumentSource source) throws IOException {
        for (int i = 0; i < batch.records().size(); i++) {
            writeLine(batch.records().get(i).id(), batch.vectors().get(i));
        }
        written += batch.records().size();
        progress.encoded(encoder.documentTokenCount());
        progress.update(source, written);
    }

    private void writeLine(String id, SparseVector vector) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JsonLine.FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("id", id);
            json.writeName("vector");
            json.writeStartObject();
            for (int i = 0; i < vector.size(); i++) {
                json.writeName(vector.token(i));
                json.writeNumber(vector.weight(i));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        out.append(line.getBuffer());
        out.write('\n');
    }
}
