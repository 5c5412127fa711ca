package io.skiff.encoder;

import io.skiff.index.FieldOptions;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns text into sparse vectors: documents one way, queries another. Safe for use by several threads.
 */
public interface SparseEncoder extends AutoCloseable {
    /** A short name for people and reports, such as {@code bm25}. */
    String name();

    /**
     * The vectors of some documents' texts, in their order; empty text gives an empty vector.
     *
     * @throws EncodingException if one of them cannot be encoded, or the encoder is closed or the thread interrupted
     */
    List<SparseVector> encodeDocuments(List<String> texts);

    /**
     * The vector of a query's text; empty text gives an empty vector.
     *
     * @param statistics of the field that will be searched, for weights that depend on the collection
     * @throws EncodingException if it cannot be encoded, or the encoder is closed or the thread interrupted
     */
    SparseVector encodeQuery(String text, FieldStatistics statistics);

    /**
     * What an index has to remember so that {@link Encoders#ofAttributes} opens the same encoder again. The key
     * {@value Encoders#ENCODER_ATTRIBUTE} is always there.
     */
    Map<String, String> attributes();

    /**
     * How to index a field that this encoder writes: its {@link #attributes()}, and the quantizer if the encoder knows
     * the range of its weights beforehand.
     */
    default FieldOptions fieldOptions() {
        return new FieldOptions(Optional.empty(), attributes());
    }

    /**
     * The tokens that stand in a document's text, in its order and as far as it is read, each with the place of the whole
     * word that it is, or is a piece of. Tokens of {@link #encodeDocuments} that are not among them are expansions.
     *
     * @throws EncodingException if the encoder is closed or the thread interrupted
     */
    default List<AnalyzedToken> tokensInPlace(String text) {
        return List.of();
    }

    /**
     * The words that made the weights of some tokens of a document's vector, as far as the encoder can say. A token that
     * came from no word is missing; so is one that the vector does not have, or it is given any word.
     *
     * @param tokens which ones, expansions or not
     * @throws EncodingException if the text cannot be encoded, or the encoder is closed or the thread interrupted
     */
    default List<AnalyzedToken> origins(String text, Collection<String> tokens) {
        return List.of();
    }

    /** Whether {@link #origins} runs a model, as its time is that of a document. */
    default boolean runsModelForOrigins() {
        return false;
    }

    /** Tokens of all documents encoded so far, for rates; 0 from an encoder that does not count them. */
    default long documentTokenCount() {
        return 0;
    }

    @Override
    void close();
}
