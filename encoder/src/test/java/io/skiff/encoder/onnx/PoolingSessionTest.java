package io.skiff.encoder.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.onnx.TinyModel.HeadShape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pooling inside the graph against the same arithmetic, position by position, in Java. */
class PoolingSessionTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_260_101);
    private static final int VOCABULARY = 77;
    private static final ExecutionOptions CPU = new ExecutionOptions(ExecutionOptions.Provider.CPU, 0, 1);

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource(
            value = HeadShape.class,
            names = {"PLAIN", "WITHOUT_BIAS", "TRANSPOSED"})
    void aRecognizedHeadIsTiled(HeadShape shape) throws Exception {
        check(new TinyModel(VOCABULARY, random).shape(shape), PooledModel.Form.TILED, 1e-5);
    }

    @Test
    void aHiddenHeadGetsATail() throws Exception {
        TinyModel model = new TinyModel(VOCABULARY, random).shape(HeadShape.HIDDEN_BEHIND_IDENTITY);
        check(model, PooledModel.Form.TAIL, 1e-5);
    }

    /** Where Unsqueeze, ReduceSum and ReduceMax changed their form: 13, 13 and 18. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13, 17, 18, 20})
    void everyDialectOfTheOperatorsIsSpoken(int opset) throws Exception {
        check(new TinyModel(VOCABULARY, random).opset(opset), PooledModel.Form.TILED, 1e-5);
        check(
                new TinyModel(VOCABULARY, random).opset(opset).shape(HeadShape.HIDDEN_BEHIND_IDENTITY),
                PooledModel.Form.TAIL,
                1e-5);
    }

    @Test
    void sixteenBitFloatsRunAsTheyAre() throws Exception {
        TinyModel model = new TinyModel(VOCABULARY, random).type(ElementType.FLOAT16);
        check(model, PooledModel.Form.TILED, 2e-2);
        check(model.shape(HeadShape.HIDDEN_BEHIND_IDENTITY), PooledModel.Form.TAIL, 2e-2);
    }

    /** Within what 8 bits lose: a step of the states times a weight and the other way round, added over the dimensions. */
    @Test
    void eightBitIntegersRunAsTheyAre() throws Exception {
        check(new TinyModel(VOCABULARY, random).shape(HeadShape.INT8), PooledModel.Form.TAIL, 0.2);
    }

    @Test
    void inputsMayBeNarrowAndSegmentIdsAbsent() throws Exception {
        TinyModel model =
                new TinyModel(VOCABULARY, random).inputType(ElementType.INT32).withoutSegmentIds();
        check(model, PooledModel.Form.TILED, 1e-5);
    }

    /** As large models are exported: the weights in a file beside the graph. */
    @Test
    void weightsMayLieInAnotherFile() throws Exception {
        TinyModel model = new TinyModel(VOCABULARY, random);
        List<long[]> texts = List.of(text(4), text(2));
        Path file = model.writeWithExternalData(folder.resolve("model.onnx"), "weights.bin");
        assertTrue(Files.size(file) < Files.size(folder.resolve("weights.bin")));
        ModelSettings settings = settings(Pooling.MAX, Activation.LOG1P_RELU);
        try (PoolingSession session = PoolingSession.open(file, VOCABULARY, settings, CPU, true)) {
            assertEquals(PooledModel.Form.TILED, session.form());
            double[][] weights = run(session, texts);
            for (int i = 0; i < texts.size(); i++) {
                assertClose(model.expected(texts.get(i), Pooling.MAX, Activation.LOG1P_RELU), weights[i], 1e-5);
            }
        }
    }

    @Test
    void aModelThatPoolsAlreadyOnlyGetsTheActivation() throws Exception {
        TinyModel model = new TinyModel(VOCABULARY, random).shape(HeadShape.POOLED);
        List<long[]> texts = List.of(text(4), text(4));
        double[][] weights = run(model, texts, settings(Pooling.MAX, Activation.LOG1P_RELU), true, new Form());
        for (int i = 0; i < texts.size(); i++) {
            assertClose(model.expected(texts.get(i), Pooling.MAX, Activation.LOG1P_RELU), weights[i], 1e-5);
        }
    }

    @Test
    void paddingChangesNothing() throws Exception {
        TinyModel model = new TinyModel(VOCABULARY, random);
        List<long[]> texts = List.of(text(1), text(9), text(3));
        ModelSettings settings = settings(Pooling.MAX, Activation.LOG1P_RELU);
        double[][] together = run(model, texts, settings, true, new Form());
        for (int i = 0; i < texts.size(); i++) {
            double[][] alone = run(model, List.of(texts.get(i)), settings, true, new Form());
            assertClose(alone[0], together[i], 1e-6);
        }
    }

    /** In every shape of the head, also where texts of other lengths are padded to this one's. */
    @Test
    void positionsAreThoseOfTheLargestLogits() throws Exception {
        for (HeadShape shape : List.of(
                HeadShape.PLAIN, HeadShape.WITHOUT_BIAS, HeadShape.TRANSPOSED, HeadShape.HIDDEN_BEHIND_IDENTITY)) {
            for (Pooling pooling : Pooling.values()) {
                TinyModel model = new TinyModel(VOCABULARY, random).shape(shape);
                List<long[]> texts = List.of(text(1), text(9), text(4));
                Path file = model.write(folder.resolve("model.onnx"));
                ModelSettings settings = settings(pooling, Activation.LOG1P_RELU);
                try (PoolingSession session = PoolingSession.openPositions(file, VOCABULARY, settings, CPU)) {
                    double[][] positions = run(session, texts);
                    for (int i = 0; i < texts.size(); i++) {
                        double[] weights = model.expected(texts.get(i), pooling, Activation.LOG1P_RELU);
                        int[] expected = model.expectedPositions(texts.get(i));
                        for (int token = 0; token < VOCABULARY; token++) {
                            if (weights[token] > 0) {
                                String what = shape + ", text " + i + ", token " + token + ", seed " + SEED;
                                assertEquals(expected[token], (int) positions[i][token], what);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void aModelThatPoolsAlreadyHasNoPositionsToTell() throws Exception {
        Path file = new TinyModel(VOCABULARY, random).shape(HeadShape.POOLED).write(folder.resolve("model.onnx"));
        IOException refused = assertThrows(
                IOException.class, () -> PoolingSession.openPositions(file, VOCABULARY, ModelSettings.DEFAULT, CPU));
        assertTrue(refused.getMessage().contains("pools by itself"), refused.getMessage());
    }

    @Test
    void whatIsNoEncoderIsRefusedWithWhatWasFound() throws Exception {
        Path narrow = new TinyModel(VOCABULARY, random).write(folder.resolve("narrow.onnx"));
        IOException tooNarrow = assertThrows(
                IOException.class, () -> PoolingSession.open(narrow, VOCABULARY + 1, ModelSettings.DEFAULT, CPU, true));
        assertTrue(tooNarrow.getMessage().contains("logits float[?,?,77]"), tooNarrow.getMessage());
        Path unnamed = new TinyModel(VOCABULARY, random).idsName("tokens").write(folder.resolve("unnamed.onnx"));
        IOException noIds = assertThrows(
                IOException.class, () -> PoolingSession.open(unnamed, VOCABULARY, ModelSettings.DEFAULT, CPU, true));
        assertTrue(noIds.getMessage().contains("no input input_ids"), noIds.getMessage());
        assertTrue(noIds.getMessage().contains("tokens int64[?,?]"), noIds.getMessage());
    }

    /** ONNX Runtime runs every node that a file has: what the tiles replace has to go. */
    @Test
    void whatOnlyTheOldOutputsNeededIsGone() throws Exception {
        for (HeadShape shape : List.of(HeadShape.PLAIN, HeadShape.WITHOUT_BIAS, HeadShape.TRANSPOSED)) {
            TinyModel model = new TinyModel(VOCABULARY, random).shape(shape);
            byte[] file = model.toProto().toByteArray();
            OnnxModel parsed = OnnxModel.parse(MemorySegment.ofArray(file));
            try (Arena arena = Arena.ofConfined()) {
                PooledModel.Rewritten rewritten = PooledModel.ofLogits(
                        MemorySegment.ofArray(file),
                        parsed,
                        parsed.outputs().getFirst(),
                        "attention_mask",
                        Pooling.MAX,
                        Activation.LOG1P_RELU,
                        true,
                        arena);
                OnnxModel pooled = OnnxModel.parse(rewritten.bytes());
                assertEquals(null, pooled.producers().get("logits"), shape.name());
                assertEquals(null, pooled.producers().get("product"), shape.name());
                assertTrue(pooled.producers().containsKey("states"), shape.name());
            }
        }
    }

    @Test
    void operatorsThatAreTooOldAreNamed() throws Exception {
        Path old = new TinyModel(VOCABULARY, random).opset(8).write(folder.resolve("old.onnx"));
        IOException error = assertThrows(
                IOException.class, () -> PoolingSession.open(old, VOCABULARY, ModelSettings.DEFAULT, CPU, true));
        assertTrue(error.getMessage().contains("of opset 8, at least 9 is needed"), error.getMessage());
    }

    /** A cut or changed file is refused, or ONNX Runtime refuses it; parsing itself never fails otherwise. */
    @Test
    void damagedFilesAreRefused() throws Exception {
        byte[] whole = new TinyModel(VOCABULARY, random).toProto().toByteArray();
        int refused = 0;
        for (int length = 0; length < whole.length; length += 7) {
            refused += parses(Arrays.copyOf(whole, length)) ? 0 : 1;
        }
        assertTrue(refused > whole.length / 7 / 2, "refused " + refused + " of " + whole.length / 7);
        for (int round = 0; round < 2_000; round++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            parses(changed);
        }
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
        IOException error = assertThrows(
                IOException.class, () -> PoolingSession.open(cut, VOCABULARY, ModelSettings.DEFAULT, CPU, true));
        assertTrue(error.getMessage().contains("cut.onnx: not an ONNX file"), error.getMessage());
    }

    private static boolean parses(byte[] file) {
        try {
            OnnxModel.parse(MemorySegment.ofArray(file));
            return true;
        } catch (MalformedModelException e) {
            return false;
        }
    }

    private void check(TinyModel model, PooledModel.Form expectedForm, double tolerance) throws Exception {
        for (Pooling pooling : Pooling.values()) {
            for (Activation activation : List.of(Activation.LOG1P_RELU, Activation.DOUBLE_LOG1P)) {
                for (boolean tiled : List.of(true, false)) {
                    List<long[]> texts = new ArrayList<>();
                    for (int i = 0; i < 5; i++) {
                        texts.add(text(1 + random.nextInt(12)));
                    }
                    Form form = new Form();
                    double[][] weights = run(model, texts, settings(pooling, activation), tiled, form);
                    boolean tileable = tiled && pooling == Pooling.MAX;
                    assertEquals(tileable ? expectedForm : PooledModel.Form.TAIL, form.form);
                    for (int i = 0; i < texts.size(); i++) {
                        assertClose(model.expected(texts.get(i), pooling, activation), weights[i], tolerance);
                    }
                }
            }
        }
    }

    /** Receives how the pooling was done. */
    private static final class Form {
        private PooledModel.Form form;
    }

    private double[][] run(TinyModel model, List<long[]> texts, ModelSettings settings, boolean tiled, Form form)
            throws Exception {
        Path file = model.write(folder.resolve("model.onnx"));
        try (PoolingSession session = PoolingSession.open(file, VOCABULARY, settings, CPU, tiled)) {
            form.form = session.form();
            return run(session, texts);
        }
    }

    private static double[][] run(PoolingSession session, List<long[]> texts) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment output = arena.allocate(session.outputBytes(texts.size()), Float.BYTES);
            session.run(texts, output);
            double[][] weights = new double[texts.size()][VOCABULARY];
            for (int i = 0; i < texts.size(); i++) {
                for (int token = 0; token < VOCABULARY; token++) {
                    weights[i][token] = output.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * VOCABULARY + token);
                }
            }
            return weights;
        }
    }

    private long[] text(int length) {
        return random.longs(length, 0, VOCABULARY).toArray();
    }

    private static ModelSettings settings(Pooling pooling, Activation activation) {
        return new ModelSettings(
                ModelSettings.Role.BOTH, Optional.of(activation), pooling, 512, true, 0, 0, Optional.empty());
    }

    private static void assertClose(double[] expected, double[] actual, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(
                    expected[i],
                    actual[i],
                    tolerance * Math.max(1, Math.abs(expected[i])),
                    "token " + i + ", seed " + SEED);
        }
    }
}
