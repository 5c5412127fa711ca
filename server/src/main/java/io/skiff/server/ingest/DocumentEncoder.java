package io.skiff.server.ingest;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.Chunk;
import io.skiff.encoder.Chunking;
import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.FieldOptions;
import io.skiff.index.SparseVector;
import io.skiff.server.chunk.ChunkId;
import io.skiff.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Encodes batches of documents, cut in chunks where that is asked for. Safe for use by several threads. */
final class DocumentEncoder implements AutoCloseable {
    /** Threads that tokenize and pick weights while others are in the model. */
    private static final int FEEDING_THREADS = 2;

    private static final int BATCH_DOCUMENTS = 128;

    /** More for a model, which sorts them by length. */
    private static final int MODEL_BATCH_DOCUMENTS = 512;

    private final Optional<SparseEncoder> encoder;
    private final Optional<OnnxEncoder> model;
    private final Optional<Chunking> chunking;
    private final int mostThreads;

    private DocumentEncoder(
            Optional<SparseEncoder> encoder,
            Optional<OnnxEncoder> model,
            Optional<Chunking> chunking,
            int mostThreads) {
        this.encoder = encoder;
        this.model = model;
        this.chunking = chunking;
        this.mostThreads = mostThreads;
    }

    private static DocumentEncoder without(Optional<SparseEncoder> encoder) {
        return new DocumentEncoder(encoder, Optional.empty(), Optional.empty(), Integer.MAX_VALUE);
    }

    /**
     * Opens the encoder that is asked for.
     *
     * @param sample documents that BM25 takes its average length from
     * @throws IOException if it is a model that cannot be opened or encodes queries only
     */
    static DocumentEncoder open(TextEncoding encoding, List<InputRecord> sample) throws IOException {
        return switch (encoding) {
            case TextEncoding.None none -> without(Optional.empty());
            case TextEncoding.Bm25 bm25 -> without(Optional.of(bm25(bm25.parameters(), sample)));
            case TextEncoding.Model wanted -> openModel(wanted);
            case TextEncoding.Both both -> openBoth(both, sample);
        };
    }

    private static SparseEncoder bm25(Bm25Encoder.Parameters parameters, List<InputRecord> sample) {
        return Bm25Encoder.calibratedOn(
                parameters, () -> sample.stream().map(InputRecord::text).iterator());
    }

    private static DocumentEncoder openBoth(TextEncoding.Both both, List<InputRecord> sample) throws IOException {
        OnnxEncoder model = OnnxEncoder.open(both.folder(), both.execution());
        try {
            model.encodeDocuments(List.of()); // which says if it encodes queries only
            return new DocumentEncoder(
                    Optional.of(bm25(both.parameters(), sample)),
                    Optional.of(model),
                    Optional.empty(),
                    both.execution().runs() + FEEDING_THREADS);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static DocumentEncoder openModel(TextEncoding.Model wanted) throws IOException {
        OnnxEncoder model = OnnxEncoder.open(wanted.folder(), wanted.execution());
        try {
            model.encodeDocuments(List.of()); // which says if it encodes queries only
            Optional<Chunking> chunking = wanted.chunks().map(chunks -> chunks.forModel(model.largestChunkTokens()));
            int mostThreads = wanted.execution().runs() + FEEDING_THREADS;
            return new DocumentEncoder(Optional.of(model), Optional.of(model), chunking, mostThreads);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** How the fields of the encoded vectors are to be indexed, by their names. */
    Map<String, FieldOptions> fields() {
        Map<String, FieldOptions> fields = new HashMap<>();
        encoder.ifPresent(present -> fields.put(IndexJob.TEXT_FIELD, options(present)));
        if (isBoth()) {
            fields.put(IndexJob.MODEL_FIELD, options(model.orElseThrow()));
        }
        return fields;
    }

    private FieldOptions options(SparseEncoder of) {
        FieldOptions options = of.fieldOptions();
        Map<String, String> attributes = new HashMap<>(options.attributes());
        chunking.ifPresent(present -> attributes.putAll(present.attributes()));
        return new FieldOptions(options.quantizer(), attributes);
    }

    /** Whether a model encodes beside another encoder. */
    private boolean isBoth() {
        return model.isPresent() && encoder.orElseThrow() instanceof Bm25Encoder;
    }

    int threadCount(int wanted) {
        return Math.min(mostThreads, wanted);
    }

    int batchDocuments() {
        return model.isPresent() ? MODEL_BATCH_DOCUMENTS : BATCH_DOCUMENTS;
    }

    long tokenCount() {
        return model.map(SparseEncoder::documentTokenCount).orElse(0L);
    }

    /** The documents of a batch in their order, each followed by its further chunks. */
    List<EncodedDocument> encode(List<InputRecord> batch) {
        if (encoder.isEmpty()) {
            return batch.stream()
                    .map(each -> EncodedDocument.of(each, Map.of()))
                    .toList();
        }
        return chunking.isEmpty() ? encodeWhole(batch) : encodeInChunks(batch);
    }

    /** The chunks of all documents go through the model together; a document of which one fails fails whole. */
    private List<EncodedDocument> encodeInChunks(List<InputRecord> batch) {
        List<InputRecord> chunks = new ArrayList<>();
        int[] firstChunks = new int[batch.size() + 1];
        Map<Integer, String> problems = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                chunks.addAll(chunks(batch.get(i)));
            } catch (EncodingException e) {
                if (e.textIndex() == EncodingException.NO_TEXT) {
                    throw e;
                }
                problems.put(i, e.problem());
            } catch (IllegalArgumentException e) {
                problems.put(i, e.getMessage());
            }
            firstChunks[i + 1] = chunks.size();
        }
        List<EncodedDocument> encoded = encodeWhole(chunks);
        List<EncodedDocument> documents = new ArrayList<>(encoded.size());
        for (int i = 0; i < batch.size(); i++) {
            List<EncodedDocument> ofDocument = encoded.subList(firstChunks[i], firstChunks[i + 1]);
            Optional<String> problem = Optional.ofNullable(problems.get(i))
                    .or(() -> ofDocument.stream()
                            .flatMap(chunk -> chunk.problem().stream())
                            .findFirst());
            if (problem.isPresent()) {
                documents.add(EncodedDocument.bad(batch.get(i), problem.get()));
            } else {
                for (int number = 0; number < ofDocument.size(); number++) {
                    documents.add(ofDocument.get(number).asChunk(number));
                }
            }
        }
        return documents;
    }

    private List<InputRecord> chunks(InputRecord document) {
        List<Chunk> chunks = model.orElseThrow().chunks(document.text(), chunking.orElseThrow());
        List<InputRecord> records = new ArrayList<>(chunks.size());
        for (int number = 0; number < chunks.size(); number++) {
            Chunk chunk = chunks.get(number);
            records.add(new InputRecord(
                    new ChunkId(document.id(), number).toString(),
                    document.text().substring(chunk.start(), chunk.end()),
                    document.vector(),
                    ChunkSource.of(document.source(), document.text(), chunk, number),
                    document.location()));
        }
        return records;
    }

    private List<EncodedDocument> encodeWhole(List<InputRecord> batch) {
        List<EncodedDocument> encoded = new ArrayList<>(batch.size());
        try {
            List<SparseVector> vectors = encoder.orElseThrow()
                    .encodeDocuments(batch.stream().map(InputRecord::text).toList());
            List<SparseVector> learned = isBoth()
                    ? model.orElseThrow()
                            .encodeDocuments(
                                    batch.stream().map(InputRecord::modelText).toList())
                    : List.of();
            for (int i = 0; i < batch.size(); i++) {
                Map<String, SparseVector> ofDocument = new HashMap<>();
                ofDocument.put(IndexJob.TEXT_FIELD, vectors.get(i));
                if (!learned.isEmpty()) {
                    ofDocument.put(IndexJob.MODEL_FIELD, learned.get(i));
                }
                encoded.add(EncodedDocument.of(batch.get(i), ofDocument));
            }
        } catch (EncodingException e) {
            if (batch.size() > 1) {
                // One after the other, so that the others are not lost, and every bad one is found.
                batch.forEach(each -> encoded.addAll(encodeWhole(List.of(each))));
            } else if (e.textIndex() == EncodingException.NO_TEXT) {
                throw e;
            } else {
                encoded.add(EncodedDocument.bad(batch.getFirst(), e.problem()));
            }
        }
        return encoded;
    }

    @Override
    public void close() {
        encoder.ifPresent(SparseEncoder::close);
        if (isBoth()) {
            model.orElseThrow().close();
        }
    }
}
