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

    private final HuggingFaceTokenizer tokenizer;
    private final int maxLength;

    /**
     * A tokenizer that cuts texts to {@code maxLength} tokens, special ones included; the closing one stays.
     *
     * @throws IOException if the library cannot make a tokenizer of the description
     */
    TextTokenizer(Vocabulary vocabulary, int maxLength) throws IOException {
        this.maxLength = maxLength;
        byte[] json = vocabulary.tokenizerJson().getBytes(StandardCharsets.UTF_8);
        try {
            tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json),
                    Map.of(
                            "truncation",
                            "true",
                            "padding",
                            "false",
                            "maxLength",
                            Integer.toString(maxLength),
                            "modelMaxLength",
                            Integer.toString(maxLength)));
        } catch (RuntimeException e) {
            throw new IOException("the tokenizer cannot be read: " + e.getMessage(), e);
        }
    }

    int maxLength() {
        return maxLength;
    }

    /** The ids of a text's tokens, opening and closing special tokens included. */
    long[] ids(String text) {
        return encode(text).getIds();
    }

    /** The ids of some texts, in their order. */
    List<long[]> ids(List<String> texts) {
        return texts.stream().map(this::ids).toList();
    }

    /** The tokens of a text as they are written in the vocabulary, without special ones. */
    String[] tokens(String text) {
        return tokenizer.encode(wellFormed(text), false, false).getTokens();
    }

    private Encoding encode(String text) {
        return tokenizer.encode(wellFormed(text), true, false);
    }

    /** Half a surrogate pair is no text, and the native side takes UTF-8 only: it becomes a question mark. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
