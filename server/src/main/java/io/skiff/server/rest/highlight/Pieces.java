package io.skiff.server.rest.highlight;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import org.agrona.collections.IntArrayList;

/** Cuts a text into sentences, those that are longer than a passage between words. Sentences end at line ends too. */
final class Pieces {
    private final String text;
    private final List<Word> words;
    private final int size;
    private final IntArrayList starts = new IntArrayList();

    private Pieces(String text, List<Word> words, int size) {
        this.text = text;
        this.words = words;
        this.size = size;
    }

    /**
     * Where the pieces of a text begin, and its end.
     *
     * @param words that are not to be cut
     * @param size most chars of a piece, as far as words allow; 0 for any number
     */
    static int[] of(String text, List<Word> words, int size) {
        Pieces pieces = new Pieces(text, words, size);
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int from = 0;
        for (int to = sentences.next(); to != BreakIterator.DONE; to = sentences.next()) {
            pieces.addLines(from, to);
            from = to;
        }
        pieces.starts.addInt(text.length());
        return pieces.starts.toIntArray();
    }

    private void addLines(int from, int to) {
        int start = from;
        for (int line = text.indexOf('\n', start); line >= 0 && line < to - 1; line = text.indexOf('\n', start)) {
            add(start, line + 1);
            start = line + 1;
        }
        add(start, to);
    }

    private void add(int from, int to) {
        int start = from;
        while (size > 0 && to - start > size) {
            starts.addInt(start);
            start = cut(start, to);
        }
        if (start < to) {
            starts.addInt(start);
        }
    }

    /** Behind the last white space that fits; without one behind the size, or the word or the character there. */
    private int cut(int from, int to) {
        int cut = from + size;
        while (cut > from && !Character.isWhitespace(text.charAt(cut - 1))) {
            cut--;
        }
        if (cut == from) {
            cut = from + size;
            cut += Character.isLowSurrogate(text.charAt(cut)) ? 1 : 0;
        }
        for (Word word : words) {
            if (word.start() < cut && cut < word.end()) {
                cut = word.start() > from ? word.start() : word.end();
            }
        }
        return Math.min(cut, to);
    }
}
