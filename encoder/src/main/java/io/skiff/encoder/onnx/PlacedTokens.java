package io.skiff.encoder.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.util.Arrays;

/**
 * The tokens of a text as a model reads them, each with the place of the whole word that it is a piece of.
 *
 * @param ids of the tokens, special ones included
 * @param tokens as they are written in the vocabulary
 * @param starts offset of the word's first {@code char}; {@value #NOWHERE} for a token that stands for no text
 * @param ends offset behind the word's last {@code char}
 */
record PlacedTokens(long[] ids, String[] tokens, int[] starts, int[] ends) {
    static final int NOWHERE = -1;

    /** Takes the places out of an encoding of {@code text}, or of its beginning. */
    static PlacedTokens of(Encoding encoding, String text) {
        CharSpan[] spans = encoding.getCharTokenSpans();
        long[] words = encoding.getWordIds();
        int[] offsets = charOffsets(text);
        int[] starts = new int[spans.length];
        int[] ends = new int[spans.length];
        for (int from = 0; from < spans.length; ) {
            int to = from + 1;
            if (isSpecial(spans[from])) {
                starts[from] = NOWHERE;
                ends[from] = NOWHERE;
            } else {
                while (to < spans.length && words[to] == words[from] && !isSpecial(spans[to])) {
                    to++;
                }
                int start = offsets[spans[from].getStart()];
                int end = offsets[spans[to - 1].getEnd()];
                // Tokenizers of the SentencePiece kind count the blank before a word to it.
                while (start < end && Character.isWhitespace(text.charAt(start))) {
                    start++;
                }
                Arrays.fill(starts, from, to, start);
                Arrays.fill(ends, from, to, end);
            }
            from = to;
        }
        return new PlacedTokens(encoding.getIds(), encoding.getTokens(), starts, ends);
    }

    private static boolean isSpecial(CharSpan span) {
        return span == null || span.getStart() >= span.getEnd();
    }

    boolean isInText(int token) {
        return starts[token] != NOWHERE;
    }

    /** The library counts characters, and Java {@code char}s: where each character begins, the end included. */
    static int[] charOffsets(String text) {
        int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            at = i + 1 < offsets.length ? text.offsetByCodePoints(at, 1) : at;
        }
        return offsets;
    }
}
