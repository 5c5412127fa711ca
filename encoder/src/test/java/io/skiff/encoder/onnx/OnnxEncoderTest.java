package io.skiff.encoder.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.EncodingException;
import io.skiff.encoder.onnx.TinyModel.HeadShape;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model's folder, from text to vectors. */
class OnnxEncoderTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_260_103);
    private static final List<String> VOCABULARY = List.of(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "reef", "##s", "coral", "boat", "fish", "sail",
            "##ing");
    private static final int UNK = 1;
    private static final int CLS = 2;
    private static final int SEP = 3;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private TinyModel model;

    @BeforeEach
    void writeFolder() throws IOException {
        model = new TinyModel(VOCABULARY.size(), random);
        model.write(folder.resolve("model.onnx"));
        Files.write(folder.resolve("vocab.txt"), VOCABULARY);
    }

    @Test
    void aTextBecomesTheWeightsOfItsWordPieces() throws IOException {
        try (OnnxEncoder encoder = open()) {
            SparseVector vector = encoder.encodeQuery("The REEFS!", FieldStatistics.NONE);
            long[] ids = {CLS, id("the"), id("reef"), id("##s"), UNK, SEP};
            assertVector(model.expected(ids, Pooling.MAX, Activation.LOG1P_RELU), vector, 1e-5);
        }
    }

    @Test
    void tokensAreFoundInTheWholeWordsThatTheyArePiecesOf() throws IOException {
        String text = "\ud83d\udc20 Sailing, the \u00c9REEFS reefs";
        try (OnnxEncoder encoder = open()) {
            List<String> found = encoder.tokensInPlace(text).stream()
                    .map(token -> token.token() + "=" + text.substring(token.start(), token.end()))
                    .toList();
            List<String> expected = List.of(
                    "[UNK]=\ud83d\udc20",
                    "sail=Sailing",
                    "##ing=Sailing",
                    "[UNK]=,",
                    "the=the",
                    "[UNK]=\u00c9REEFS",
                    "reef=reefs",
                    "##s=reefs");
            assertEquals(expected, found);
            assertEquals(List.of(), encoder.tokensInPlace(" "));
        }
    }

    /** Every token of a vector, expansions too; what the special tokens at the ends have made has no word. */
    @Test
    void tokensComeFromTheWordsAtTheirLargestLogits() throws IOException {
        String text = "The coral reefs, sailing boat fish";
        try (OnnxEncoder encoder = open()) {
            SparseVector vector = encoder.encodeDocuments(List.of(text)).getFirst();
            List<String> asked = new ArrayList<>(List.of("nowhere"));
            for (int i = 0; i < vector.size(); i++) {
                asked.add(vector.token(i));
            }
            String[] words = {null, "The", "coral", "reefs", "reefs", ",", "sailing", "sailing", "boat", "fish", null};
            String[] pieces = {"[CLS]", "the", "coral", "reef", "##s", "[UNK]", "sail", "##ing", "boat", "fish", "[SEP]"
            };
            long[] ids = Arrays.stream(pieces).mapToLong(OnnxEncoderTest::id).toArray();
            int[] positions = model.expectedPositions(ids);
            Map<String, String> expected = new HashMap<>();
            for (String token : asked) {
                String word = token.equals("nowhere") ? null : words[positions[id(token)]];
                if (word != null) {
                    expected.put(token, word);
                }
            }
            Map<String, String> origins = new HashMap<>();
            encoder.origins(text, asked)
                    .forEach(origin -> origins.put(origin.token(), text.substring(origin.start(), origin.end())));
            assertEquals(expected, origins, "seed " + SEED);
            assertEquals(List.of(), encoder.origins("", asked));
            assertEquals(List.of(), encoder.origins(text, List.of()));
        }
    }

    @Test
    void emptyAndBlankTextsHaveNoTokens() throws IOException {
        try (OnnxEncoder encoder = open()) {
            List<SparseVector> vectors = encoder.encodeDocuments(List.of("", "coral", " \n"));
            assertEquals(SparseVector.EMPTY, vectors.get(0));
            assertFalse(vectors.get(1).isEmpty());
            assertEquals(SparseVector.EMPTY, vectors.get(2));
            assertEquals(List.of(), encoder.encodeDocuments(List.of()));
        }
    }

    @Test
    void neitherBatchNorOrderNorThreadsChangeAVector() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            texts.add(randomText(random.nextInt(40)));
        }
        try (OnnxEncoder encoder = open();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<SparseVector> together = encoder.encodeDocuments(texts);
            List<String> reversed = new ArrayList<>(texts);
            Collections.reverse(reversed);
            List<SparseVector> backwards = encoder.encodeDocuments(reversed);
            List<Future<SparseVector>> alone = new ArrayList<>();
            for (String text : texts) {
                Callable<SparseVector> one = () -> encoder.encodeQuery(text, FieldStatistics.NONE);
                alone.add(threads.submit(one));
            }
            for (int i = 0; i < texts.size(); i++) {
                assertSame(together.get(i), backwards.get(texts.size() - 1 - i), texts.get(i));
                assertSame(together.get(i), alone.get(i).get(), texts.get(i));
            }
        }
    }

    @Test
    void longTextsAreCutAndKeepTheClosingToken() throws IOException {
        Files.writeString(folder.resolve("skiff.json"), "{\"max_length\": 6}");
        try (OnnxEncoder encoder = open()) {
            long[] ids = {CLS, id("reef"), id("reef"), id("reef"), id("reef"), SEP};
            assertVector(
                    model.expected(ids, Pooling.MAX, Activation.LOG1P_RELU),
                    encoder.encodeQuery("reef ".repeat(200_000) + "boat", FieldStatistics.NONE),
                    1e-5);
        }
    }

    @Test
    void textThatIsNoTextIsEncodedAllTheSame() throws IOException {
        List<String> odd =
                List.of("reef \uD800 coral", "\uDC00", "\u0000\u0007reef\u200b", "\ud83d\udc20 fish", "\u202e");
        try (OnnxEncoder encoder = open()) {
            List<SparseVector> vectors = encoder.encodeDocuments(odd);
            assertEquals(odd.size(), vectors.size());
            vectors.forEach(vector -> assertFalse(vector.isEmpty()));
        }
    }

    @Test
    void tenThousandTextsInOneCall() throws IOException {
        try (OnnxEncoder encoder = open()) {
            List<SparseVector> vectors = encoder.encodeDocuments(Collections.nCopies(10_000, "coral reef"));
            assertEquals(10_000, vectors.size());
            assertSame(vectors.getFirst(), vectors.getLast(), "coral reef");
        }
    }

    @Test
    void specialTokensGetWeightsOnlyOnRequest() throws IOException {
        Files.writeString(folder.resolve("skiff.json"), "{\"mask_special_tokens\": false}");
        double[] expected = model.expected(new long[] {CLS, id("fish"), SEP}, Pooling.MAX, Activation.LOG1P_RELU);
        try (OnnxEncoder encoder = open()) {
            Map<String, Float> weights = weights(encoder.encodeQuery("fish", FieldStatistics.NONE));
            for (int id = 0; id < VOCABULARY.size(); id++) {
                assertEquals(expected[id], weights.getOrDefault(VOCABULARY.get(id), 0f), 1e-5, VOCABULARY.get(id));
            }
        }
    }

    @Test
    void queriesWithFixedWeightsNeedNoModel() throws IOException {
        Files.delete(folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("idf.json"), "{\"reef\": 4.5, \"##s\": 0.25, \"the\": 0}");
        try (OnnxEncoder encoder = open()) {
            SparseVector expected = SparseVector.of(new String[] {"reef", "##s"}, new float[] {4.5f, 0.25f});
            assertEquals(expected, encoder.encodeQuery("the reefs, the reef: boat", FieldStatistics.NONE));
            UnsupportedOperationException error =
                    assertThrows(UnsupportedOperationException.class, () -> encoder.encodeDocuments(List.of("reef")));
            assertTrue(error.getMessage().contains("has no model.onnx"), error.getMessage());
        }
    }

    @Test
    void aModelKeepsToItsRole() throws IOException {
        Files.writeString(folder.resolve("skiff.json"), "{\"role\": \"document\"}");
        try (OnnxEncoder encoder = open()) {
            UnsupportedOperationException error = assertThrows(
                    UnsupportedOperationException.class, () -> encoder.encodeQuery("reef", FieldStatistics.NONE));
            assertTrue(error.getMessage().contains("encodes documents only"), error.getMessage());
        }
        Files.writeString(folder.resolve("skiff.json"), "{\"role\": \"query\"}");
        try (OnnxEncoder encoder = open()) {
            UnsupportedOperationException error =
                    assertThrows(UnsupportedOperationException.class, () -> encoder.encodeDocuments(List.of("reef")));
            assertTrue(error.getMessage().contains("encodes queries only"), error.getMessage());
        }
    }

    @Test
    void weightsThatAreNoNumbersAreReportedWithTheText() throws IOException {
        model.bias[id("boat")] = Float.POSITIVE_INFINITY;
        model.write(folder.resolve("model.onnx"));
        try (OnnxEncoder encoder = open()) {
            EncodingException error =
                    assertThrows(EncodingException.class, () -> encoder.encodeDocuments(List.of("", "reef")));
            assertTrue(
                    error.getMessage().contains("gave weight Infinity for token id 9 in text 1"), error.getMessage());
            assertEquals(1, error.textIndex());
        }
    }

    /** Relu and maximum tend to lose what is no number, so it has to be caught wherever it comes from. */
    @ParameterizedTest
    @EnumSource(
            value = HeadShape.class,
            names = {"PLAIN", "HIDDEN_BEHIND_IDENTITY", "POOLED"})
    void notANumberIsNeverLost(HeadShape shape) throws IOException {
        float before = model.embedding[id("boat")][1];
        for (String pooling : List.of("max", "sum")) {
            if (shape == HeadShape.POOLED && pooling.equals("sum")) {
                continue; // how it pools is the model's affair
            }
            Files.writeString(folder.resolve("skiff.json"), "{\"pooling\": \"" + pooling + "\"}");
            if (shape != HeadShape.POOLED) {
                for (String text : List.of("boat reef fish coral", "reef boat fish", "fish reef boat", "boat")) {
                    model.embedding[id("boat")][1] = Float.NaN; // every logit of one position
                    assertNotANumber(shape, text, 2);
                    model.embedding[id("boat")][1] = before;
                }
            }
            model.bias[id("coral")] = Float.NaN; // one logit of every position
            assertNotANumber(shape, "reef", 0);
            model.bias[id("coral")] = 0;
        }
    }

    private void assertNotANumber(HeadShape shape, String text, int expectedIndex) throws IOException {
        model.shape(shape).write(folder.resolve("model.onnx"));
        try (OnnxEncoder encoder = open()) {
            EncodingException error = assertThrows(
                    EncodingException.class, () -> encoder.encodeDocuments(List.of("fish", "", text)), shape.name());
            assertTrue(error.getMessage().contains("gave weight NaN for token id"), error.getMessage());
            assertEquals(expectedIndex, error.textIndex());
        }
    }

    @Test
    void theVocabularyHasAFingerprint() throws IOException {
        String before;
        try (OnnxEncoder encoder = open()) {
            before = encoder.attributes().get(ModelAttributes.VOCABULARY);
        }
        List<String> swapped = new ArrayList<>(VOCABULARY);
        Collections.swap(swapped, id("boat"), id("fish"));
        Files.write(folder.resolve("vocab.txt"), swapped);
        try (OnnxEncoder encoder = open()) {
            assertFalse(before.equals(encoder.attributes().get(ModelAttributes.VOCABULARY)));
        }
    }

    @Test
    void aGpuThatIsAskedForByNameAndNotThereIsAnError() {
        var wanted = new ExecutionOptions(ExecutionOptions.Provider.CUDA, 0, 0);
        if (CudaProbe.obstacle().isPresent()) {
            IOException error = assertThrows(IOException.class, () -> OnnxEncoder.open(folder, wanted));
            assertTrue(error.getMessage().startsWith("provider CUDA cannot be had: "), error.getMessage());
        }
    }

    private OnnxEncoder open() throws IOException {
        return OnnxEncoder.open(folder, new ExecutionOptions(ExecutionOptions.Provider.CPU, 0, 1));
    }

    private String randomText(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(VOCABULARY
                            .get(5 + random.nextInt(VOCABULARY.size() - 5))
                            .replace("##", ""))
                    .append(' ');
        }
        return text.toString();
    }

    private static int id(String token) {
        return VOCABULARY.indexOf(token);
    }

    private static void assertVector(double[] expected, SparseVector vector, double tolerance) {
        Map<String, Float> weights = weights(vector);
        for (int id = 0; id < expected.length; id++) {
            boolean special = id < 5;
            assertEquals(
                    special ? 0 : expected[id],
                    weights.getOrDefault(VOCABULARY.get(id), 0f),
                    tolerance,
                    VOCABULARY.get(id) + ", seed " + SEED);
        }
    }

    private static void assertSame(SparseVector expected, SparseVector actual, String text) {
        Map<String, Float> weights = weights(actual);
        assertEquals(expected.size(), actual.size(), text);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(
                    expected.weight(i), weights.getOrDefault(expected.token(i), 0f), 1e-6f, text + ", seed " + SEED);
        }
    }

    private static Map<String, Float> weights(SparseVector vector) {
        Map<String, Float> weights = new HashMap<>();
        for (int i = 0; i < vector.size(); i++) {
            weights.put(vector.token(i), vector.weight(i));
        }
        return weights;
    }
}
