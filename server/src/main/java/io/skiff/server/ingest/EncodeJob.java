package io.skiff.server.ingest;

import io.skiff.encoder.SparseEncoder;
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

    private final SparseEncoder encoder;
    private final Optional<FieldStatistics> queryStatistics;
    private final Writer out;

    /**
     * A job.
     *
     * @param queryStatistics to encode texts as queries, the statistics for their weights; empty to encode documents
     * @param out where the lines go; flushed, not closed
     */
    public EncodeJob(SparseEncoder encoder, Optional<FieldStatistics> queryStatistics, Writer out) {
        this.encoder = encoder;
        this.queryStatistics = queryStatistics;
        this.out = out;
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
        while (sample.size() < count) {
            Optional<InputRecord> next = source.next();
            if (next.isEmpty()) {
                break;
            }
            sample.add(next.get());
        }
        return sample;
    }

    /** Encodes a sample and then the rest of the source that it was taken from; returns the number of vectors. */
    public long run(List<InputRecord> sample, DocumentSource source) throws IOException {
        long count = 0;
        for (int from = 0; from < sample.size(); from += BATCH_DOCUMENTS) {
            write(sample.subList(from, Math.min(sample.size(), from + BATCH_DOCUMENTS)));
        }
        count += sample.size();
        List<InputRecord> batch = sample(source, BATCH_DOCUMENTS);
        while (!batch.isEmpty()) {
            write(batch);
            count += batch.size();
            batch = sample(source, BATCH_DOCUMENTS);
        }
        out.flush();
        return count;
    }

    private void write(List<InputRecord> batch) throws IOException {
        List<String> texts = batch.stream().map(InputRecord::text).toList();
        List<SparseVector> vectors = queryStatistics.isEmpty()
                ? encoder.encodeDocuments(texts)
                : texts.stream()
                        .map(text -> encoder.encodeQuery(text, queryStatistics.get()))
                        .toList();
        for (int i = 0; i < batch.size(); i++) {
            writeLine(batch.get(i).id(), vectors.get(i));
        }
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
