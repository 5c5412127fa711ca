package io.skiff.encoder.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.skiff.encoder.Chunk;
import io.skiff.encoder.Chunking;
import io.skiff.encoder.EncodingException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.collections.IntArrayList;

/**
 * Cuts a text into chunks that a model can read whole.
 *
 * <p>The text is first divided into pieces that stay together, words or sentences, and chunks are runs of pieces. A piece
 * of more tokens than a chunk may have is itself divided.
 */
final class TextChunker {
    /** Tokenized at a time, so that a text of any length takes little memory beside its tokens' places. */
    private static final int SECTION_CHARS = 1 << 16;

    private final TextTokenizer tokenizer;
    private final Chunking chunking;
    private final String text;

    // Of each token: where it begins and ends in the text.
    private final IntArrayList starts = new IntArrayList();
    private final IntArrayList ends = new IntArrayList();
    /** The first token of each piece. */
    private final IntArrayList pieces = new IntArrayList();

    private TextChunker(TextTokenizer tokenizer, Chunking chunking, String text) {
        this.tokenizer = tokenizer;
        this.chunking = chunking;
        this.text = text;
    }

    /**
     * The chunks of a text in order, at least one; a text that fits is one whole.
     *
     * @throws EncodingException if there are more than {@value Chunking#MAX_CHUNKS}
     */
    static List<Chunk> chunks(TextTokenizer tokenizer, Chunking chunking, String text) {
        return new TextChunker(tokenizer, chunking, text).chunks();
    }

    private List<Chunk> chunks() {
        IntArrayList words = tokenize();
        if (starts.size() <= chunking.tokens()) {
            return List.of(new Chunk(0, text.length()));
        }
        divide(chunking.unit() == Chunking.Unit.TOKENS ? words : sentences(words), words);
        List<Chunk> chunks = new ArrayList<>();
        int from = 0;
        while (true) {
            int to = from + 1;
            while (to < pieces.size() && firstToken(to + 1) - firstToken(from) <= chunking.tokens()) {
                to++;
            }
            if (chunks.size() == Chunking.MAX_CHUNKS) {
                throw new EncodingException(
                        "a text of " + text.length() + " chars makes more than " + Chunking.MAX_CHUNKS
                                + " chunks, the limit",
                        0,
                        null);
            }
            chunks.add(new Chunk(starts.getInt(firstToken(from)), ends.getInt(firstToken(to) - 1)));
            if (to == pieces.size()) {
                return chunks;
            }
            from = nextStart(from, to);
        }
    }

    /** Where the chunk behind {@code from} to {@code to} begins: as far back as the overlap allows and the next piece fits. */
    private int nextStart(int from, int to) {
        int start = to;
        while (start - 1 > from
                && firstToken(to) - firstToken(start - 1) <= chunking.overlap()
                && firstToken(to + 1) - firstToken(start - 1) <= chunking.tokens()) {
            start--;
        }
        return start;
    }

    private int firstToken(int piece) {
        return piece < pieces.size() ? pieces.getInt(piece) : starts.size();
    }

    /** Finds the tokens' places; returns the first token of each word. */
    private IntArrayList tokenize() {
        IntArrayList words = new IntArrayList();
        for (int from = 0; from < text.length(); ) {
            int to = sectionEnd(from);
            String section = text.substring(from, to);
            Encoding encoding = tokenizer.tokensInPlace(section);
            CharSpan[] spans = encoding.getCharTokenSpans();
            long[] wordIds = encoding.getWordIds();
            int[] offsets = PlacedTokens.charOffsets(section);
            for (int i = 0; i < spans.length; i++) {
                if (spans[i] == null) {
                    continue;
                }
                if (i == 0 || wordIds[i] != wordIds[i - 1]) {
                    words.addInt(starts.size());
                }
                starts.addInt(from + offsets[spans[i].getStart()]);
                ends.addInt(from + offsets[spans[i].getEnd()]);
            }
            from = to;
        }
        return words;
    }

    /** A section ends behind white space where there is some, and never between the halves of a character. */
    private int sectionEnd(int from) {
        if (text.length() - from <= SECTION_CHARS) {
            return text.length();
        }
        int end = from + SECTION_CHARS;
        int blank = end;
        while (blank > from && !Character.isWhitespace(text.charAt(blank - 1))) {
            blank--;
        }
        if (blank > from) {
            return blank;
        }
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    /** The first token of each sentence; sentences begin with words. */
    private IntArrayList sentences(IntArrayList words) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text);
        IntArrayList sentences = new IntArrayList();
        int nextBreak = 0;
        for (int i = 0; i < words.size(); i++) {
            int start = starts.getInt(words.getInt(i));
            if (start >= nextBreak) {
                sentences.addInt(words.getInt(i));
                while (nextBreak != BreakIterator.DONE && nextBreak <= start) {
                    nextBreak = breaks.next();
                }
                nextBreak = nextBreak == BreakIterator.DONE ? Integer.MAX_VALUE : nextBreak;
            }
        }
        return sentences;
    }

    /** Makes pieces of sentences or words, those that are too long in parts: between words, or between tokens. */
    private void divide(IntArrayList units, IntArrayList words) {
        int word = 0;
        for (int i = 0; i < units.size(); i++) {
            int start = units.getInt(i);
            int end = i + 1 < units.size() ? units.getInt(i + 1) : starts.size();
            pieces.addInt(start);
            int pieceStart = start;
            while (end - pieceStart > chunking.tokens()) {
                int cut = pieceStart + chunking.tokens();
                while (word < words.size() && words.getInt(word) <= cut) {
                    word++;
                }
                int wordStart = words.getInt(word - 1);
                pieceStart = wordStart > pieceStart ? wordStart : cut;
                pieces.addInt(pieceStart);
            }
        }
    }
}
