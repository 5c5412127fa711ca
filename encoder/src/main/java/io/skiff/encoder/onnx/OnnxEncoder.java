package io.skiff.encoder.onnx;

import io.skiff.encoder.AnalyzedToken;
import io.skiff.encoder.Chunk;
import io.skiff.encoder.Chunking;
import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A learned sparse encoder: a masked-language model and its tokenizer from a folder. Safe for use by several threads, also
 * to be closed by one while others encode.
 */
public final class OnnxEncoder implements SparseEncoder {
    /** The value of {@value io.skiff.encoder.Encoders#ENCODER_ATTRIBUTE} in a field that such an encoder wrote. */
    public static final String NAME = "onnx";

    private final ModelFolder folder;
    private final Vocabulary vocabulary;
    private final TextTokenizer tokenizer;
    private final Optional<QueryWeights> queryWeights;
    private final Optional<BatchEncoder> batches;
    private final Optional<QueryBatcher> queries;
    private final QueryCache queryCache;
    private final Optional<PositionFinder> positions;
    private final Map<String, Integer> tokenIds;
    private final Lifetime lifetime = new Lifetime();
    private final LongAdder documentTokens = new LongAdder();
    private final Map<String, String> attributes;

    private OnnxEncoder(
            ModelFolder folder,
            Vocabulary vocabulary,
            TextTokenizer tokenizer,
            Optional<PoolingSession> session,
            Optional<QueryWeights> queryWeights,
            ExecutionOptions execution,
            QueryOptions queryOptions,
            Map<String, String> attributes) {
        this.folder = folder;
        this.vocabulary = vocabulary;
        this.tokenizer = tokenizer;
        this.queryWeights = queryWeights;
        this.attributes = attributes;
        ModelSettings settings = folder.settings();
        BitSet masked = settings.maskSpecialTokens() ? vocabulary.special() : new BitSet();
        batches = session.map(opened -> new BatchEncoder(
                opened,
                new Sparsifier(vocabulary, masked, opened.outputWidth(), settings.minWeight(), settings.maxTerms()),
                execution.runs(),
                lifetime));
        queries = batches.filter(model -> queryWeights.isEmpty() && queryOptions.largestBatch() > 1)
                .map(model -> new QueryBatcher(queryOptions, ids -> List.of(model.encode(ids))));
        queryCache = new QueryCache(queryOptions.cachedQueries());
        positions = session.filter(opened -> !opened.graph().pooled() && settings.role() != ModelSettings.Role.QUERY)
                .map(opened -> new PositionFinder(folder, vocabulary.tokens().length, execution));
        tokenIds = vocabulary.ids();
    }

    /**
     * Opens the model in a folder, with {@link QueryOptions#DEFAULT}.
     *
     * @throws IOException if something is missing or does not fit; the message says what was found and what is needed
     */
    public static OnnxEncoder open(Path folder, ExecutionOptions execution) throws IOException {
        return open(folder, execution, QueryOptions.DEFAULT);
    }

    /**
     * Opens the model in a folder.
     *
     * @throws IOException if something is missing or does not fit; the message says what was found and what is needed
     */
    public static OnnxEncoder open(Path folder, ExecutionOptions execution, QueryOptions queryOptions)
            throws IOException {
        ModelFolder files = ModelFolder.open(folder);
        Vocabulary vocabulary = Vocabulary.read(files.tokenizer());
        Optional<QueryWeights> queryWeights = Optional.empty();
        if (files.queryWeights().isPresent()) {
            queryWeights = Optional.of(QueryWeights.read(files.queryWeights().get()));
        }
        Map<String, String> attributes = ModelAttributes.of(files, vocabulary);
        TextTokenizer tokenizer = new TextTokenizer(vocabulary, files.settings().maxLength());
        try {
            Optional<PoolingSession> session = Optional.empty();
            if (files.model().isPresent()) {
                session = Optional.of(PoolingSession.open(
                        files.model().get(), vocabulary.tokens().length, files.settings(), execution, true));
            }
            return new OnnxEncoder(
                    files, vocabulary, tokenizer, session, queryWeights, execution, queryOptions, attributes);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /**
     * Opens the model that wrote a field again.
     *
     * @param attributes as {@link #attributes()} gave them
     * @throws IllegalArgumentException if the attributes are not those of this version
     * @throws IOException if the model cannot be opened, or its vocabulary is another one, or the remembered folder holds
     *     another model now
     */
    public static OnnxEncoder reopen(Map<String, String> attributes, ModelOptions options) throws IOException {
        ModelAttributes remembered = ModelAttributes.parse(attributes);
        Path folder = options.folder().orElse(remembered.folder());
        OnnxEncoder encoder = open(folder, options.execution(), options.queries());
        Optional<String> mismatch =
                remembered.mismatch(encoder.attributes, options.folder().isPresent());
        if (mismatch.isPresent()) {
            encoder.close();
            throw new IOException(mismatch.get());
        }
        return encoder;
    }

    @Override
    public String name() {
        return folder.folder().toAbsolutePath().normalize().getFileName().toString();
    }

    @Override
    public Map<String, String> attributes() {
        return attributes;
    }

    /** What was found in the folder. */
    public ModelDescription describe() {
        Optional<PoolingSession> model = batches.map(BatchEncoder::model);
        return new ModelDescription(
                model.map(PoolingSession::graph).stream()
                        .flatMap(graph -> Stream.concat(Stream.of(graph.ids(), graph.mask()), graph.types().stream()))
                        .map(TensorInfo::toString)
                        .toList(),
                model.map(ModelDescription::output),
                vocabulary.tokens().length,
                vocabulary.fingerprint(),
                folder.settings(),
                queryWeights.map(QueryWeights::size).orElse(0));
    }

    @Override
    public long documentTokenCount() {
        return documentTokens.sum();
    }

    /** The most tokens of a chunk that the model reads whole. */
    public int largestChunkTokens() {
        return lifetime.during(tokenizer::contentLength);
    }

    /**
     * The chunks of a text in order, at least one; a text that fits is one whole.
     *
     * @throws EncodingException if there are more than {@value Chunking#MAX_CHUNKS}
     */
    public List<Chunk> chunks(String text, Chunking chunking) {
        return lifetime.during(() -> TextChunker.chunks(tokenizer, chunking, text));
    }

    /** {@inheritDoc} Texts of like length go through the model together, whatever their order. */
    @Override
    public List<SparseVector> encodeDocuments(List<String> texts) {
        if (folder.settings().role() == ModelSettings.Role.QUERY) {
            throw new UnsupportedOperationException(
                    "the model in " + folder.folder() + " encodes queries only (role in " + ModelSettings.FILE + ")");
        }
        BatchEncoder model = model();
        return lifetime.during(() -> {
            List<long[]> ids = new ArrayList<>(texts.size());
            long tokens = 0;
            for (String text : texts) {
                lifetime.verifyOpen();
                ids.add(ids(text));
                tokens += ids.getLast().length;
            }
            List<SparseVector> vectors = List.of(naming(() -> model.encode(ids)));
            documentTokens.add(tokens);
            return vectors;
        });
    }

    /** {@inheritDoc} Queries that come at the same time go through the model together. */
    @Override
    public SparseVector encodeQuery(String text, FieldStatistics statistics) {
        if (queryWeights.isPresent()) {
            return lifetime.during(() -> queryWeights.get().vector(tokenizer.tokens(text)));
        }
        if (folder.settings().role() == ModelSettings.Role.DOCUMENT) {
            throw new UnsupportedOperationException("the model in " + folder.folder()
                    + " encodes documents only (role in " + ModelSettings.FILE
                    + ") and the folder has no idf.json for queries");
        }
        BatchEncoder model = model();
        return queryCache.get(text).orElseGet(() -> {
            SparseVector vector = lifetime.during(() -> naming(() -> encodeQuery(model, ids(text))));
            queryCache.put(text, vector);
            return vector;
        });
    }

    private SparseVector encodeQuery(BatchEncoder model, long[] ids) {
        if (ids.length == 0) {
            return SparseVector.EMPTY;
        }
        return queries.isPresent() ? queries.get().encode(ids) : model.encode(List.of(ids))[0];
    }

    @Override
    public List<AnalyzedToken> tokensInPlace(String text) {
        return text.isBlank()
                ? List.of()
                : lifetime.during(() -> {
                    PlacedTokens placed = tokenizer.placed(text);
                    return IntStream.range(0, placed.tokens().length)
                            .filter(placed::isInText)
                            .mapToObj(i -> word(placed.tokens()[i], placed, i))
                            .toList();
                });
    }

    /** {@inheritDoc} Runs the model once, as for a document; models that pool by themselves cannot say. */
    @Override
    public List<AnalyzedToken> origins(String text, Collection<String> tokens) {
        List<String> known = tokens.stream().filter(tokenIds::containsKey).toList();
        if (positions.isEmpty() || known.isEmpty() || text.isBlank()) {
            return List.of();
        }
        return lifetime.during(() -> naming(() -> {
            PlacedTokens placed = tokenizer.placed(text);
            int[] wanted = known.stream().mapToInt(tokenIds::get).toArray();
            int[] found = positions.get().positions(placed.ids(), wanted);
            return IntStream.range(0, wanted.length)
                    .filter(i -> placed.isInText(found[i]))
                    .mapToObj(i -> word(known.get(i), placed, found[i]))
                    .toList();
        }));
    }

    @Override
    public boolean runsModelForOrigins() {
        return positions.isPresent();
    }

    private static AnalyzedToken word(String token, PlacedTokens placed, int position) {
        return new AnalyzedToken(token, placed.starts()[position], placed.ends()[position]);
    }

    private long[] ids(String text) {
        return text.isBlank() ? new long[0] : tokenizer.ids(text);
    }

    private BatchEncoder model() {
        return batches.orElseThrow(
                () -> new UnsupportedOperationException("the folder " + folder.folder() + " has no model.onnx"));
    }

    /** Says in a failure of the model which model it was. */
    private <T> T naming(Supplier<T> work) {
        try {
            return work.get();
        } catch (EncodingException e) {
            throw new EncodingException(folder.folder() + ": " + e.problem(), e.textIndex(), e);
        }
    }

    /** Ends what is under way, waits for it, and frees the model. */
    @Override
    public void close() {
        lifetime.close(
                () -> {
                    batches.ifPresent(model -> model.model().terminate());
                    positions.ifPresent(PositionFinder::terminate);
                    queries.ifPresent(QueryBatcher::close);
                },
                () -> {
                    batches.ifPresent(BatchEncoder::close);
                    positions.ifPresent(PositionFinder::close);
                    tokenizer.close();
                });
    }
}
