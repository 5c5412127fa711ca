package io.skiff.encoder.onnx;

import ai.onnxruntime.OrtException;
import io.skiff.encoder.Encoders;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A learned sparse encoder: a masked-language model and its tokenizer from a folder. Safe for use by several threads.
 */
public final class OnnxEncoder implements SparseEncoder {
    /** The value of {@value Encoders#ENCODER_ATTRIBUTE} in a field that such an encoder wrote. */
    public static final String NAME = "onnx";

    /** The attribute that holds the model's folder. */
    public static final String FOLDER_ATTRIBUTE = "onnx.folder";

    /** The attribute that holds the fingerprint of the vocabulary. */
    public static final String VOCABULARY_ATTRIBUTE = "onnx.vocabulary";

    /** Most texts in one run of the model. */
    private static final int MAX_BATCH_TEXTS = 32;

    /** Most positions, padding included, in one run: bounds memory whatever the lengths. */
    private static final int MAX_BATCH_POSITIONS = 8192;

    private final ModelFolder folder;
    private final Vocabulary vocabulary;
    private final TextTokenizer tokenizer;
    private final Optional<PoolingSession> session;
    private final Optional<QueryWeights> queryWeights;
    private final Optional<Sparsifier> sparsifier;

    private OnnxEncoder(
            ModelFolder folder,
            Vocabulary vocabulary,
            TextTokenizer tokenizer,
            Optional<PoolingSession> session,
            Optional<QueryWeights> queryWeights) {
        this.folder = folder;
        this.vocabulary = vocabulary;
        this.tokenizer = tokenizer;
        this.session = session;
        this.queryWeights = queryWeights;
        BitSet masked = folder.settings().maskSpecialTokens() ? vocabulary.special() : new BitSet();
        this.sparsifier = session.map(opened -> new Sparsifier(vocabulary, masked, opened.outputWidth()));
    }

    /**
     * Opens the model in a folder.
     *
     * @throws IOException if something is missing or does not fit; the message says what was found and what is needed
     */
    public static OnnxEncoder open(Path folder, ExecutionOptions options) throws IOException {
        ModelFolder files = ModelFolder.open(folder);
        Vocabulary vocabulary = Vocabulary.read(files.tokenizer());
        Optional<QueryWeights> queryWeights = Optional.empty();
        if (files.queryWeights().isPresent()) {
            queryWeights = Optional.of(QueryWeights.read(files.queryWeights().get()));
        }
        TextTokenizer tokenizer = new TextTokenizer(vocabulary, files.settings().maxLength());
        try {
            Optional<PoolingSession> session = Optional.empty();
            if (files.model().isPresent()) {
                session = Optional.of(PoolingSession.open(
                        files.model().get(), vocabulary.tokens().length, files.settings(), options, true));
            }
            return new OnnxEncoder(files, vocabulary, tokenizer, session, queryWeights);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return folder.folder().toAbsolutePath().normalize().getFileName().toString();
    }

    @Override
    public List<SparseVector> encodeDocuments(List<String> texts) {
        if (folder.settings().role() == ModelSettings.Role.QUERY) {
            throw new IllegalStateException(
                    "the model in " + folder.folder() + " encodes queries only (role in skiff.json)");
        }
        return encode(texts);
    }

    @Override
    public SparseVector encodeQuery(String text, FieldStatistics statistics) {
        if (queryWeights.isPresent()) {
            return queryWeights.get().vector(tokenizer.tokens(text));
        }
        if (folder.settings().role() == ModelSettings.Role.DOCUMENT) {
            throw new IllegalStateException("the model in " + folder.folder()
                    + " encodes documents only (role in skiff.json) and the folder has no idf.json for queries");
        }
        return encode(List.of(text)).getFirst();
    }

    @Override
    public Map<String, String> attributes() {
        return Map.of(
                Encoders.ENCODER_ATTRIBUTE,
                NAME,
                FOLDER_ATTRIBUTE,
                folder.folder().toAbsolutePath().normalize().toString(),
                VOCABULARY_ATTRIBUTE,
                vocabulary.fingerprint());
    }

    @Override
    public void close() {
        session.ifPresent(PoolingSession::close);
        tokenizer.close();
    }

    /** Runs the model over texts of like length together, so that little of a batch is padding. */
    private List<SparseVector> encode(List<String> texts) {
        PoolingSession model = session.orElseThrow(
                () -> new IllegalStateException("the folder " + folder.folder() + " has no model.onnx"));
        long[][] ids = new long[texts.size()][];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = texts.get(i).isBlank() ? new long[0] : tokenizer.ids(texts.get(i));
        }
        int[] byLength = IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> ids[i].length))
                .mapToInt(Integer::intValue)
                .toArray();
        SparseVector[] vectors = new SparseVector[ids.length];
        int from = 0;
        while (from < byLength.length && ids[byLength[from]].length == 0) {
            vectors[byLength[from++]] = SparseVector.EMPTY;
        }
        while (from < byLength.length) {
            int to = batchEnd(ids, byLength, from);
            run(model, ids, Arrays.copyOfRange(byLength, from, to), vectors);
            from = to;
        }
        return List.of(vectors);
    }

    private static int batchEnd(long[][] ids, int[] byLength, int from) {
        int to = from + 1;
        while (to < byLength.length
                && to - from < MAX_BATCH_TEXTS
                && (to - from + 1) * ids[byLength[to]].length <= MAX_BATCH_POSITIONS) {
            to++;
        }
        return to;
    }

    private void run(PoolingSession model, long[][] ids, int[] batch, SparseVector[] vectors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment output = arena.allocate(model.outputBytes(batch.length), Long.BYTES);
            model.run(Arrays.stream(batch).mapToObj(i -> ids[i]).toList(), output);
            for (int row = 0; row < batch.length; row++) {
                try {
                    vectors[batch[row]] = sparsifier.orElseThrow().vector(output, row);
                } catch (Sparsifier.NotANumberException e) {
                    throw new IllegalStateException(
                            "the model in " + folder.folder() + " gave " + e.getMessage() + " in text " + batch[row],
                            e);
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the model in " + folder.folder() + " failed: " + e.getMessage(), e);
        }
    }
}
