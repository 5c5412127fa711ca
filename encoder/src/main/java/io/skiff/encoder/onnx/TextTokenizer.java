package io.skiff.encoder.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Text to token ids, by HuggingFace's tokenizers. Safe for use by several threads.
 *
 * <p>The library is told not to look for a network before its first class is loaded: left alone it asks a cloud's metadata
 * address at each start, and on a machine with CUDA downloads another build of itself.
 */
final class TextTokenizer implements AutoCloseable {
    static {
        setUnlessSet("OPT_OUT_TRACKING", "true");
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("RUST_FLAVOR", "cpu");
    }

    /** Of a text that has to be cut, this much is looked at first: more than most tokens have. */
    private static final int CHARS_PER_TOKEN = 16;

    private final HuggingFaceTokenizer cutting;
    private final HuggingFaceTokenizer whole;
    private final int maxLength;

    /**
     * A tokenizer that cuts texts to {@code maxLength} tokens, special ones included; the closing one stays.
     *
     * @throws IOException if the library cannot make a tokenizer of the description
     */
    TextTokenizer(Vocabulary vocabulary, int maxLength) throws IOException {
        this.maxLength = maxLength;
        cutting = open(
                vocabulary,
                Map.of(
                        "truncation",
                        "true",
                        "padding",
                        "false",
                        "maxLength",
                        Integer.toString(maxLength),
                        "modelMaxLength",
                        Integer.toString(maxLength)));
        try {
            whole = open(vocabulary, Map.of("truncation", "false", "padding", "false"));
        } catch (IOException e) {
            cutting.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer open(Vocabulary vocabulary, Map<String, String> options) throws IOException {
        byte[] json = vocabulary.tokenizerJson().getBytes(StandardCharsets.UTF_8);
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
        } catch (RuntimeException e) {
            throw new IOException("the tokenizer cannot be read: " + e.getMessage(), e);
        }
    }

    /** The most tokens of a text's own that {@link #ids} leaves. */
    int contentLength() {
        return maxLength - cutting.encode("", true, false).getIds().length;
    }

    /** The ids of a text's tokens, opening and closing special tokens included. */
    long[] ids(String text) {
        return encoding(text).getIds();
    }

    /** A text's tokens as the model reads them, with their words' places in the text. */
    PlacedTokens placed(String text) {
        return PlacedTokens.of(encoding(text), text);
    }

    private Encoding encoding(String text) {
        String wellFormed = wellFormed(text);
        // Of a megabyte of text only the beginning can end up in the model, and the library would tokenize all of it.
        for (long limit = (long) CHARS_PER_TOKEN * maxLength; limit < wellFormed.length(); limit *= 4) {
            int cut = lastBlank(wellFormed, (int) limit);
            Encoding beginning = cutting.encode(wellFormed.substring(0, cut), true, false);
            if (beginning.exceedMaxLength()) {
                return beginning;
            }
        }
        return cutting.encode(wellFormed, true, false);
    }

    /** The ids of some texts, in their order. */
    List<long[]> ids(List<String> texts) {
        return texts.stream().map(this::ids).toList();
    }

    /** The tokens of a text as they are written in the vocabulary, without special ones, cut to the model's length. */
    String[] tokens(String text) {
        return cutting.encode(wellFormed(text), false, false).getTokens();
    }

    /** The tokens of a text with their places in it, without special ones, never cut. */
    Encoding tokensInPlace(String text) {
        return whole.encode(wellFormed(text), false, false);
    }

    /** The last white space at or before an offset, or the offset itself where there is none. */
    private static int lastBlank(String text, int offset) {
        int blank = offset;
        while (blank > 0 && !Character.isWhitespace(text.charAt(blank))) {
            blank--;
        }
        return blank > 0 ? blank : offset;
    }

    /** Half a surrogate pair is no text, and the native side takes UTF-8 only: it becomes a question mark. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        cutting.close();
        whole.close();
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
