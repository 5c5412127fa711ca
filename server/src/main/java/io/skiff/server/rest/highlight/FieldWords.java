package io.skiff.server.rest.highlight;

import io.skiff.encoder.AnalyzedToken;
import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words of a text that the tokens of one field stand in, or came from.
 *
 * @param text the text
 * @param placed each word of each token that did something for the score
 * @param expansions tokens that stand in no word, in the order of the scores
 */
record FieldWords(EncodedText text, List<Placed> placed, List<String> expansions) {
    /** A word of the source and what it stands for. */
    record Placed(EncodedText.Place place, Word.Token token) {
        Word word() {
            return new Word(place.start(), place.end(), List.of(token));
        }
    }

    FieldWords {
        placed = List.copyOf(placed);
        expansions = List.copyOf(expansions);
    }

    /**
     * Finds the words.
     *
     * @param encoder that of the field
     * @param field whose tokens they are
     * @param scores what each token did
     */
    static FieldWords standingIn(EncodedText text, SparseEncoder encoder, String field, Map<String, Double> scores) {
        List<Placed> placed = new ArrayList<>();
        Set<String> found = new HashSet<>();
        for (AnalyzedToken token : encoder.tokensInPlace(text.text())) {
            Double score = scores.get(token.token());
            if (score != null) {
                found.add(token.token());
                add(text, token, new Word.Token(field, token.token(), score, false), placed);
            }
        }
        Set<String> left = new LinkedHashSet<>(scores.keySet());
        left.removeAll(found);
        if (encoder instanceof Bm25Encoder && !left.isEmpty()) {
            for (AnalyzedToken token : CompoundWords.find(text.text(), encoder, Set.copyOf(left))) {
                left.remove(token.token());
                add(text, token, new Word.Token(field, token.token(), scores.get(token.token()), false), placed);
            }
        }
        return new FieldWords(text, placed, List.copyOf(left));
    }

    /** These and the words that the expansions came from, as far as the encoder can say; the text is what it encoded. */
    FieldWords withOrigins(SparseEncoder encoder, String field, Map<String, Double> scores) {
        List<Placed> all = new ArrayList<>(placed);
        for (AnalyzedToken token : encoder.origins(text.text(), expansions)) {
            add(text, token, new Word.Token(field, token.token(), scores.get(token.token()), true), all);
        }
        return new FieldWords(text, all, expansions);
    }

    private static void add(EncodedText text, AnalyzedToken found, Word.Token token, List<Placed> placed) {
        text.place(found).ifPresent(place -> placed.add(new Placed(place, token)));
    }

    /** The words in one of a member's texts, those that overlap made one. */
    static List<Word> in(String member, int value, List<FieldWords> fields) {
        return Word.merged(fields.stream()
                .flatMap(field -> field.placed.stream())
                .filter(placed -> placed.place().value() == value
                        && placed.place().member().equals(member))
                .map(Placed::word)
                .toList());
    }
}
