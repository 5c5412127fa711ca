package io.skiff.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.Bm25Encoder.Parameters;
import io.skiff.index.FieldStatistics;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bm25EncoderTest {
    private static final Bm25Encoder ENCODER = Bm25Encoder.of(Parameters.DEFAULT, 4);

    private static SparseVector document(Bm25Encoder encoder, String text) {
        return encoder.encodeDocuments(List.of(text)).getFirst();
    }

    private static void assertWeight(double expected, SparseVector vector, int i) {
        assertEquals((float) expected, vector.weight(i), 1e-7f, vector.token(i) + " of " + vector);
    }

    @Test
    void weighsDocumentsAsComputedByHand() {
        SparseVector average = document(ENCODER, "Cats, cats: a dog runs!");
        assertEquals("cat", average.token(0));
        assertEquals("dog", average.token(1));
        assertEquals("run", average.token(2));
        assertEquals(3, average.size());
        // Length 4 is the average: the norm is k1 = .9.
        assertWeight(2 / 2.9, average, 0);
        assertWeight(1 / 1.9, average, 1);

        // The stop words do not count: length 2, norm .9 * (.6 + .4 * 2 / 4) = .72.
        SparseVector small = document(ENCODER, "The cat and the dog");
        assertEquals(2, small.size());
        assertWeight(1 / 1.72, small, 0);
    }

    @Test
    void parametersSteerSaturationAndLength() {
        SparseVector binary = document(Bm25Encoder.of(new Parameters(0, 0.4f), 4), "cat cat dog");
        assertWeight(1, binary, 0);
        assertWeight(1, binary, 1);
        SparseVector lengthless = document(Bm25Encoder.of(new Parameters(1.2f, 0), 4), "cat");
        assertWeight(1 / 2.2, lengthless, 0);
        SparseVector normalized = document(Bm25Encoder.of(new Parameters(1.2f, 1), 4), "cat");
        assertWeight(1 / 1.3, normalized, 0);
    }

    @Test
    void weighsQueriesByCountAndIdf() {
        FieldStatistics statistics = new MapStatistics(10, Map.of("cat", 3L, "dog", 10L));
        SparseVector query = ENCODER.encodeQuery("dogs and cats, cats, unicorns", statistics);
        assertEquals(2, query.size(), () -> "the unknown token cannot match: " + query);
        assertEquals("dog", query.token(0));
        assertWeight(Math.log(1 + 0.5 / 10.5), query, 0);
        assertEquals("cat", query.token(1));
        assertWeight(2 * Math.log(1 + 7.5 / 3.5), query, 1);
    }

    @Test
    void withoutACollectionIdfCountsAsOne() {
        SparseVector query = ENCODER.encodeQuery("cats and dogs and cats", FieldStatistics.NONE);
        assertEquals(SparseVector.of(new String[] {"cat", "dog"}, new float[] {2, 1}), query);
    }

    @Test
    void idfStaysPositiveWhereDeletedDocumentsStillCount() {
        SparseVector query = ENCODER.encodeQuery("cat", new MapStatistics(3, Map.of("cat", 8L)));
        assertWeight(Math.log(1 + 0.5 / 8.5), query, 0);
    }

    @Test
    void everyWeightHasItsPlaceOnTheScale() {
        Quantizer quantizer = ENCODER.quantizer();
        assertEquals(255, quantizer.impact(1));
        assertEquals(1, quantizer.weight(255), 1e-6);
        assertEquals(Optional.of(quantizer), ENCODER.fieldOptions().quantizer());
        assertEquals(ENCODER.attributes(), ENCODER.fieldOptions().attributes());
        // A thousand times in a document shorter than average: next to the largest weight, still on the scale.
        SparseVector repeated = document(Bm25Encoder.of(Parameters.DEFAULT, 1e6f), "cat ".repeat(1000));
        assertTrue(repeated.weight(0) > 0.999f && repeated.weight(0) < 1, repeated::toString);
        assertEquals(255, quantizer.impact(repeated.weight(0)));
    }

    @Test
    void calibratesTheAverageLength() {
        // Lengths 1, 2 and 6; the texts without tokens do not count.
        List<String> texts = List.of("cat", "the", "cats & dogs", "", "one two three four five six");
        try (Bm25Encoder calibrated = Bm25Encoder.calibratedOn(Parameters.DEFAULT, texts)) {
            assertEquals(3, calibrated.averageLength());
            assertEquals(Parameters.DEFAULT, calibrated.parameters());
        }
        for (List<String> empty : List.of(List.<String>of(), List.of("", "the"))) {
            try (Bm25Encoder calibrated = Bm25Encoder.calibratedOn(Parameters.DEFAULT, empty)) {
                assertEquals(1, calibrated.averageLength());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesK1OutOfRange(float k1) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Parameters(k1, 0.4f));
        assertEquals("k1 must be finite and 0 or more, got " + k1, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1.1f, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesBOutOfRange(float b) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Parameters(0.9f, b));
        assertEquals("b must be from 0 to 1, got " + b, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesAnAverageLengthOutOfRange(float averageLength) {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> Bm25Encoder.of(Parameters.DEFAULT, averageLength).close());
        assertEquals("averageLength must be finite and greater than zero, got " + averageLength, e.getMessage());
    }

    @Test
    void analyzesWithOffsets() {
        assertEquals(
                List.of(new AnalyzedToken("john", 4, 10), new AnalyzedToken("cat", 14, 18)),
                ENCODER.analyze("The John's of cats"));
    }
}
