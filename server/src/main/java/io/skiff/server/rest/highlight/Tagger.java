package io.skiff.server.rest.highlight;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;

/** Writes passages with tags around their words. */
final class Tagger {
    private final Highlight.Options options;
    private final double largest;

    /**
     * A tagger for a field of one document.
     *
     * @param largest what the word that did most for the score did
     */
    Tagger(Highlight.Options options, double largest) {
        this.options = options;
        this.largest = largest;
    }

    String tagged(Passage passage, String text) {
        StringBuilder out = new StringBuilder(passage.end() - passage.start() + 64);
        int at = passage.start();
        for (Word word : passage.words()) {
            append(text, at, word.start(), out);
            int tag = tag(word);
            out.append(options.preTags().get(tag));
            append(text, word.start(), word.end(), out);
            out.append(options.postTags().get(tag));
            at = word.end();
        }
        append(text, at, passage.end(), out);
        return out.toString();
    }

    /** The first tag for those that did most, the last for those that did least. */
    private int tag(Word word) {
        int count = options.preTags().size();
        return Math.min(count - 1, (int) (count * (1 - word.score() / largest)));
    }

    /** The beginning of a text in which no word was found: sentences that fit, or the first one up to behind a word. */
    String beginning(String text) {
        int size = options.noMatchSize();
        int[] starts = Pieces.of(text, List.of(), 0);
        int end = starts.length > 1 ? starts[1] : text.length();
        for (int i = 2; i < starts.length && starts[i] <= size; i++) {
            end = starts[i];
        }
        if (end > size) {
            BreakIterator ends = BreakIterator.getWordInstance(Locale.ROOT);
            ends.setText(text);
            end = Math.min(end, ends.following(size));
        }
        StringBuilder out = new StringBuilder(end);
        append(text.substring(0, end).strip(), out);
        return out.toString();
    }

    private void append(String text, int from, int to, StringBuilder out) {
        append(text.substring(from, to), out);
    }

    private void append(String text, StringBuilder out) {
        if (!options.html()) {
            out.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#x27;");
                case '/' -> out.append("&#x2F;");
                default -> out.append(c);
            }
        }
    }

    /** What the word that did most did; 0 where there is none. */
    static double largest(List<List<Word>> words) {
        return words.stream()
                .flatMap(List::stream)
                .mapToDouble(Word::score)
                .max()
                .orElse(0);
    }
}
