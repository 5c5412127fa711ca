package io.skiff.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.Bm25Encoder.Parameters;
import io.skiff.index.FieldStatistics;
import io.skiff.index.Limits;
import io.skiff.index.SparseVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as the world has them: empty, broken, huge; and many threads. */
class Bm25EdgeTextTest {
    private static final long SEED = Long.getLong("skiff.seed", 42);

    private static final Bm25Encoder ENCODER = Bm25Encoder.of(Parameters.DEFAULT, 10);

    private static SparseVector document(String text) {
        return ENCODER.encodeDocuments(List.of(text)).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "the and of", "?!... --", "\0\1\2", "\ud800", "\udc00\ud800"})
    void textWithoutTokensIsTheEmptyVector(String text) {
        assertSame(SparseVector.EMPTY, document(text));
        assertSame(SparseVector.EMPTY, ENCODER.encodeQuery(text, FieldStatistics.NONE));
        assertEquals(List.of(), ENCODER.analyze(text));
    }

    @Test
    void brokenCharactersOnlySeparate() {
        SparseVector expected = document("cat dog");
        assertEquals(expected, document("cat\0dog"));
        assertEquals(expected, document("cat\ud83ddog"));
        assertEquals(expected, document("\udc00cat\u0001\u0002 dog\ud83d"));
    }

    @Test
    void nothingIsLostBeforeAHalfCharacterAtTheEnd() {
        for (int length = 0; length < 600; length++) {
            String text = "x ".repeat(length);
            assertEquals(ENCODER.analyze(text), ENCODER.analyze(text + "\ud83d"), "length " + length);
            assertEquals(ENCODER.analyze(text), ENCODER.analyze(text + "\ud83d\ud83d"), "length " + length);
            assertEquals(ENCODER.analyze(text + 'x'), ENCODER.analyze(text + "x\ud83d"), "length " + length);
        }
    }

    @Test
    void keepsOrderAndCount() {
        List<String> texts = List.of("cat", "", "dog");
        List<SparseVector> vectors = ENCODER.encodeDocuments(texts);
        assertEquals(3, vectors.size());
        assertEquals("cat", vectors.get(0).token(0));
        assertTrue(vectors.get(1).isEmpty());
        assertEquals("dog", vectors.get(2).token(0));
        assertEquals(List.of(), ENCODER.encodeDocuments(List.of()));
    }

    @Test
    void megabytesAreOneDocument() {
        SparseVector vector = document("cats chase dogs ".repeat(250_000));
        assertEquals(3, vector.size());
        double norm = 0.9f * (0.6 + 0.4 * 750_000 / 10);
        assertEquals((float) (250_000 / (250_000 + norm)), vector.weight(0), 1e-5f);
        assertTrue(document("x".repeat(3 << 20)).size() > 0);
    }

    /** The tokenizer cuts at 255 chars, even between the halves of a character outside the basic plane. */
    @Test
    void noTokenIsLongerThanTheIndexTakesNorBroken() {
        List<String> texts = new ArrayList<>(List.of(
                "a".repeat(10_000),
                "\u1e9e".repeat(1000), // grows by a byte in lower case
                "\u023a".repeat(1000),
                "\u0928".repeat(1000),
                "a" + "\ud801\udc00".repeat(1000),
                "\ud801\udc00".repeat(1000)));
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(2000, 0, 0x11_0000).forEach(text::appendCodePoint);
            random.ints(2000, 0, 0x1_0000).forEach(c -> text.append((char) c));
            texts.add(text.toString());
        }
        for (String text : texts) {
            for (AnalyzedToken token : ENCODER.analyze(text)) {
                byte[] bytes = token.token().getBytes(StandardCharsets.UTF_8);
                assertTrue(bytes.length <= Limits.MAX_TOKEN_BYTES, () -> bytes.length + " bytes, seed " + SEED);
                assertEquals(new String(bytes, StandardCharsets.UTF_8), token.token(), () -> "seed " + SEED);
                assertTrue(
                        0 <= token.start() && token.start() < token.end() && token.end() <= text.length(),
                        () -> token + ", seed " + SEED);
            }
        }
    }

    @Test
    void threadsDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), 0, 200)
                    .forEach(n -> text.append("word").append(n).append(' '));
            texts.add(text.toString());
        }
        List<SparseVector> expected = ENCODER.encodeDocuments(texts);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<SparseVector>>> results = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                results.add(threads.submit(() -> ENCODER.encodeDocuments(texts)));
            }
            for (Future<List<SparseVector>> result : results) {
                assertEquals(expected, result.get(), () -> "seed " + SEED);
            }
        }
    }
}
