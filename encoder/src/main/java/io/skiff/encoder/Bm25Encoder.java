package io.skiff.encoder;

import io.skiff.index.FieldOptions;
import io.skiff.index.FieldStatistics;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * BM25 as a sparse encoder: a document's weight is its saturated term frequency, a query's the token's idf, so that
 * their dot product is the BM25 score.
 *
 * <p>The weight of a token that occurs {@code tf} times in a document of {@code length} tokens is
 * {@code tf / (tf + k1 * (1 - b + b * length / averageLength))}, without the constant factor {@code k1 + 1} of Robertson
 * and Zaragoza's formula, as in Lucene since 8.0: every weight then lies in 0..1 and no ranking changes. The length
 * counts tokens after analysis, stop words left out, and is exact, where Lucene keeps it in one byte.
 */
public final class Bm25Encoder implements SparseEncoder {
    static final String NAME = "bm25";
    static final String K1_ATTRIBUTE = "bm25.k1";
    static final String B_ATTRIBUTE = "bm25.b";
    static final String AVERAGE_LENGTH_ATTRIBUTE = "bm25.averageLength";
    static final String ANALYZER_ATTRIBUTE = "bm25.analyzer";

    /** Saturation ends at weight 1, which a document reaches only when k1 is 0. */
    static final Quantizer QUANTIZER = Quantizer.forLargestWeight(1);

    /**
     * The parameters of BM25.
     *
     * @param k1 saturation, finite, 0 or more
     * @param b length normalization, 0..1
     */
    public record Parameters(float k1, float b) {
        /** The defaults of Anserini and of the published BEIR baselines. */
        public static final Parameters DEFAULT = new Parameters(0.9f, 0.4f);

        /** Refuses values out of range. */
        public Parameters {
            if (!(k1 >= 0) || Float.isInfinite(k1)) {
                throw new IllegalArgumentException("k1 must be finite and 0 or more, got " + k1);
            }
            if (!(b >= 0 && b <= 1)) {
                throw new IllegalArgumentException("b must be from 0 to 1, got " + b);
            }
        }
    }

    private interface TokenSink {
        void accept(CharTermAttribute token, OffsetAttribute offsets);
    }

    private final Parameters parameters;
    private final float averageLength;
    private final TextAnalysis analysis;
    // Keeps one token stream per thread, which makes it safe for several.
    private final Analyzer analyzer;

    private Bm25Encoder(Parameters parameters, float averageLength, TextAnalysis analysis) {
        this.parameters = parameters;
        this.averageLength = averageLength;
        this.analysis = analysis;
        this.analyzer = analysis.analyzer();
    }

    /** One for English text, the same otherwise. */
    public static Bm25Encoder of(Parameters parameters, float averageLength) {
        return of(parameters, averageLength, TextAnalysis.ENGLISH);
    }

    /**
     * An encoder for a collection whose average document has {@code averageLength} tokens after analysis.
     *
     * @throws IllegalArgumentException if {@code averageLength} is not finite or not greater than zero
     */
    public static Bm25Encoder of(Parameters parameters, float averageLength, TextAnalysis analysis) {
        if (!(averageLength > 0) || Float.isInfinite(averageLength)) {
            throw new IllegalArgumentException(
                    "averageLength must be finite and greater than zero, got " + averageLength);
        }
        return new Bm25Encoder(parameters, averageLength, analysis);
    }

    /**
     * An encoder whose average length is that of {@code texts}, a sample of the collection; as in Lucene, a text
     * without tokens does not count. With no token at all the average is taken as 1.
     */
    public static Bm25Encoder calibratedOn(Parameters parameters, Iterable<String> texts) {
        long tokenCount = 0;
        long textCount = 0;
        try (Bm25Encoder counter = of(parameters, 1)) {
            for (String text : texts) {
                int[] length = new int[1];
                counter.forEachToken(text, (token, offsets) -> length[0]++);
                tokenCount += length[0];
                textCount += length[0] > 0 ? 1 : 0;
            }
        }
        return of(parameters, textCount == 0 ? 1 : (float) ((double) tokenCount / textCount));
    }

    /** The saturation and length normalization in use. */
    public Parameters parameters() {
        return parameters;
    }

    /** The length, in tokens after analysis, that counts as average. */
    public float averageLength() {
        return averageLength;
    }

    /** The scale on which every weight of this encoder has its place: no calibration over documents is needed. */
    public Quantizer quantizer() {
        return QUANTIZER;
    }

    @Override
    public FieldOptions fieldOptions() {
        return new FieldOptions(Optional.of(QUANTIZER), attributes());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<SparseVector> encodeDocuments(List<String> texts) {
        List<SparseVector> vectors = new ArrayList<>(texts.size());
        for (String text : texts) {
            vectors.add(encodeDocument(text));
        }
        return vectors;
    }

    private SparseVector encodeDocument(String text) {
        Map<String, Integer> frequencies = frequencies(text);
        long length =
                frequencies.values().stream().mapToLong(Integer::longValue).sum();
        double norm = parameters.k1 * (1 - parameters.b + parameters.b * (double) length / averageLength);
        String[] tokens = new String[frequencies.size()];
        float[] weights = new float[tokens.length];
        int size = 0;
        for (Map.Entry<String, Integer> entry : frequencies.entrySet()) {
            int frequency = entry.getValue();
            tokens[size] = entry.getKey();
            weights[size++] = (float) (frequency / (frequency + norm));
        }
        return SparseVector.of(tokens, weights);
    }

    /**
     * The vector of a query: each token's count in the query times its idf,
     * {@code ln(1 + (N - df + 0.5) / (df + 0.5))}.
     *
     * @param statistics of the field that will be searched; tokens that it does not have are left out, as they match
     *     nothing; without documents, as in {@link FieldStatistics#NONE}, every idf counts as 1
     */
    @Override
    public SparseVector encodeQuery(String text, FieldStatistics statistics) {
        Map<String, Integer> frequencies = frequencies(text);
        String[] tokens = new String[frequencies.size()];
        float[] weights = new float[tokens.length];
        int size = 0;
        for (Map.Entry<String, Integer> entry : frequencies.entrySet()) {
            tokens[size] = entry.getKey();
            weights[size++] = (float) (entry.getValue() * idf(entry.getKey(), statistics));
        }
        return SparseVector.of(tokens, weights);
    }

    /** The vector of a query for one token as it stands in the index, not to be analyzed: its idf. */
    public SparseVector encodeTerm(String token, FieldStatistics statistics) {
        return SparseVector.of(new String[] {token}, new float[] {(float) idf(token, statistics)});
    }

    private static double idf(String token, FieldStatistics statistics) {
        if (statistics.documentCount() == 0) {
            return 1;
        }
        long df = statistics.documentFrequency(token);
        if (df == 0) {
            return 0;
        }
        // Documents that are deleted but not yet merged away may be in df and not in the count.
        long n = Math.max(df, statistics.documentCount());
        return Math.log1p((n - df + 0.5) / (df + 0.5));
    }

    /** The tokens of a text after analysis, in order, with their places in it: for snippets and highlights. */
    public List<AnalyzedToken> analyze(String text) {
        List<AnalyzedToken> tokens = new ArrayList<>();
        forEachToken(
                text,
                (token, offsets) ->
                        tokens.add(new AnalyzedToken(token.toString(), offsets.startOffset(), offsets.endOffset())));
        return tokens;
    }

    @Override
    public List<AnalyzedToken> tokensInPlace(String text) {
        return analyze(text);
    }

    /** How often each token occurs, in the order of first occurrence. */
    private Map<String, Integer> frequencies(String text) {
        Map<String, Integer> frequencies = new LinkedHashMap<>();
        forEachToken(text, (token, offsets) -> frequencies.merge(token.toString(), 1, Integer::sum));
        return frequencies;
    }

    private void forEachToken(String text, TokenSink sink) {
        // Lucene's scanner loses its whole last buffer when the input ends in half a character, as a text cut by length
        // does; a blank behind it helps.
        boolean cut = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        try (TokenStream stream = analyzer.tokenStream("", cut ? text + ' ' : text)) {
            CharTermAttribute token = stream.getAttribute(CharTermAttribute.class);
            OffsetAttribute offsets = stream.getAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                sink.accept(token, offsets);
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("analyzing a text in memory", e);
        }
    }

    @Override
    public Map<String, String> attributes() {
        return Map.of(
                Encoders.ENCODER_ATTRIBUTE,
                NAME,
                K1_ATTRIBUTE,
                Float.toString(parameters.k1),
                B_ATTRIBUTE,
                Float.toString(parameters.b),
                AVERAGE_LENGTH_ATTRIBUTE,
                Float.toString(averageLength),
                ANALYZER_ATTRIBUTE,
                analysis.attribute());
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
