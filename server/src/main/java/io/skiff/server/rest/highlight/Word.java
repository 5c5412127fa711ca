package io.skiff.server.rest.highlight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A word of a text that did something for the score.
 *
 * @param start offset of its first {@code char}
 * @param end offset behind its last {@code char}
 * @param tokens what it stands for, each once
 */
record Word(int start, int end, List<Token> tokens) {
    /**
     * A token that stands in the word, or came from it.
     *
     * @param score what it did for the document's score, all its words together
     * @param expansion whether it came from the word without standing in it
     */
    record Token(String field, String token, double score, boolean expansion) {}

    Word {
        tokens = List.copyOf(tokens);
    }

    /** What the tokens did together. */
    double score() {
        double sum = 0;
        for (Token token : tokens) {
            sum += token.score();
        }
        return sum;
    }

    /** The words in their order, those that overlap made one. */
    static List<Word> merged(List<Word> found) {
        List<Word> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Word::start).thenComparingInt(Word::end));
        List<Word> merged = new ArrayList<>();
        for (Word next : sorted) {
            if (merged.isEmpty() || merged.getLast().end <= next.start) {
                merged.add(next);
            } else {
                merged.add(merged.removeLast().with(next));
            }
        }
        return merged;
    }

    private Word with(Word other) {
        List<Token> all = new ArrayList<>(tokens);
        for (Token token : other.tokens) {
            boolean known = all.stream()
                    .anyMatch(each ->
                            each.field().equals(token.field()) && each.token().equals(token.token()));
            if (!known) {
                all.add(token);
            }
        }
        return new Word(start, Math.max(end, other.end), all);
    }
}
