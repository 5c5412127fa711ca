package io.skiff.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skiff.encoder.Bm25Encoder.Parameters;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodersTest {
    private static final long SEED = Long.getLong("skiff.seed", 3);

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "encoder", "bm25",
            "bm25.k1", "0.9",
            "bm25.b", "0.4",
            "bm25.averageLength", "57.25",
            "bm25.analyzer", "english");

    private static String refusal(Map<String, String> attributes) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> Encoders.ofAttributes(attributes).close())
                .getMessage();
    }

    @Test
    void attributesAreThoseOfTheFormat() {
        try (Bm25Encoder encoder = Bm25Encoder.of(Parameters.DEFAULT, 57.25f)) {
            assertEquals(ATTRIBUTES, encoder.attributes());
        }
    }

    @Test
    void roundTripIsExact() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            Parameters parameters = new Parameters(random.nextFloat() * 3, random.nextFloat());
            float averageLength = Float.MIN_VALUE + random.nextFloat() * 1000;
            Map<String, String> attributes;
            try (Bm25Encoder encoder = Bm25Encoder.of(parameters, averageLength)) {
                attributes = new HashMap<>(encoder.attributes());
            }
            attributes.put("somebody.else", "is not disturbed");
            try (SparseEncoder opened = Encoders.ofAttributes(attributes)) {
                Bm25Encoder bm25 = assertInstanceOf(Bm25Encoder.class, opened);
                assertEquals(parameters, bm25.parameters(), () -> "seed " + SEED);
                assertEquals(averageLength, bm25.averageLength(), () -> "seed " + SEED);
            }
        }
    }

    @Test
    void standardAnalysisIsRememberedAndKeepsEveryWord() throws IOException {
        try (Bm25Encoder encoder = Bm25Encoder.of(Parameters.DEFAULT, 10, TextAnalysis.STANDARD);
                SparseEncoder opened = Encoders.ofAttributes(encoder.attributes())) {
            List<String> tokens = assertInstanceOf(Bm25Encoder.class, opened).analyze("The Boats").stream()
                    .map(AnalyzedToken::token)
                    .toList();
            assertEquals(List.of("the", "boats"), tokens);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "encoder, splade, attribute 'encoder' is 'splade'",
                "bm25.k1, x, \"attribute 'bm25.k1' is 'x', expected a number\"",
                "bm25.k1, -1, \"attribute bm25.k1 must be finite and 0 or more, got -1.0\"",
                "bm25.b, 1.5, \"attribute bm25.b must be from 0 to 1, got 1.5\"",
                "bm25.averageLength, NaN, \"attribute bm25.averageLength must be finite and greater than zero, got NaN\"",
                "bm25.analyzer, german, \"attribute 'bm25.analyzer' is 'german', expected 'english'\"",
                "bm25.delta, 1, \"attribute 'bm25.delta' is '1', a parameter of BM25 that this version does not know\"",
            })
    void aBadAttributeIsNamedWithItsValue(String key, String value, String expected) {
        Map<String, String> attributes = new HashMap<>(ATTRIBUTES);
        attributes.put(key, value);
        String message = refusal(attributes);
        assertEquals(expected, message.substring(0, Math.min(expected.length(), message.length())));
    }

    @Test
    void aMissingAttributeIsNamed() {
        for (String key : ATTRIBUTES.keySet()) {
            Map<String, String> attributes = new HashMap<>(ATTRIBUTES);
            attributes.remove(key);
            String expected = "attribute '" + key + "' is missing";
            assertEquals(expected, refusal(attributes).substring(0, expected.length()));
        }
    }
}
