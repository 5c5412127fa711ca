package io.skiff.encoder.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.Encoders;
import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Opening an encoder again, and ending one that is at work. */
@Timeout(120)
class EncoderLifetimeTest {
    private static final ExecutionOptions CPU = new ExecutionOptions(ExecutionOptions.Provider.CPU, 0, 1);
    private static final List<String> VOCABULARY =
            List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "reef", "coral", "boat");

    @TempDir
    Path folder;

    @BeforeEach
    void writeFolder() throws IOException {
        write(folder, 1);
    }

    private static void write(Path folder, long seed) throws IOException {
        new TinyModel(VOCABULARY.size(), new Random(seed)).write(folder.resolve("model.onnx"));
        Files.write(folder.resolve("vocab.txt"), VOCABULARY);
    }

    @Test
    void theAttributesOpenTheSameEncoderAgain() throws IOException {
        Map<String, String> attributes;
        SparseVector before;
        try (OnnxEncoder encoder = OnnxEncoder.open(folder, CPU)) {
            attributes = encoder.attributes();
            before = encoder.encodeQuery("coral reef", FieldStatistics.NONE);
        }
        assertEquals("onnx", attributes.get("encoder"));
        assertEquals(folder.toAbsolutePath().toString(), attributes.get("onnx.folder"));
        try (SparseEncoder again = Encoders.ofAttributes(attributes, options(Optional.empty()))) {
            assertInstanceOf(OnnxEncoder.class, again);
            assertEquals(before, again.encodeQuery("coral reef", FieldStatistics.NONE));
            assertEquals(attributes, again.attributes());
        }
    }

    @Test
    void anotherVocabularyIsAnError() throws IOException {
        Map<String, String> attributes = attributes();
        List<String> swapped = new ArrayList<>(VOCABULARY);
        Collections.swap(swapped, 5, 6);
        Files.write(folder.resolve("vocab.txt"), swapped);
        for (Optional<Path> named : List.of(Optional.<Path>empty(), Optional.of(folder))) {
            IOException error = assertThrows(
                    IOException.class,
                    () -> Encoders.ofAttributes(attributes, options(named)).close());
            assertTrue(
                    error.getMessage().contains("made with a model of vocabulary " + attributes.get("onnx.vocabulary")),
                    error.getMessage());
        }
    }

    /** Two models of one vocabulary, as two versions of SPLADE are: nothing but the weights would tell. */
    @Test
    void anotherModelInTheSamePlaceIsAnErrorUnlessItIsNamed() throws IOException {
        Map<String, String> attributes = attributes();
        write(folder, 2);
        IOException error = assertThrows(
                IOException.class,
                () -> Encoders.ofAttributes(attributes, options(Optional.empty()))
                        .close());
        assertTrue(error.getMessage().contains("is not the one that made the field"), error.getMessage());
        Encoders.ofAttributes(attributes, options(Optional.of(folder))).close();
        write(folder, 1);
        Encoders.ofAttributes(attributes, options(Optional.empty())).close();
        Files.writeString(folder.resolve("skiff.json"), "{\"activation\": \"double_log1p\"}");
        assertThrows(
                IOException.class,
                () -> Encoders.ofAttributes(attributes, options(Optional.empty()))
                        .close());
    }

    @Test
    void aModelThatIsGoneIsNamed() throws IOException {
        Map<String, String> attributes = attributes();
        Path moved = Files.createDirectory(folder.resolve("moved"));
        Files.move(folder.resolve("model.onnx"), moved.resolve("model.onnx"));
        Files.move(folder.resolve("vocab.txt"), moved.resolve("vocab.txt"));
        IOException error = assertThrows(
                IOException.class,
                () -> Encoders.ofAttributes(attributes, options(Optional.empty()))
                        .close());
        assertTrue(error.getMessage().contains(folder + " has no model.onnx"), error.getMessage());
        Encoders.ofAttributes(attributes, options(Optional.of(moved))).close();
    }

    @Test
    void attributesOfAnotherVersionAreNamed() throws IOException {
        Map<String, String> attributes = new java.util.HashMap<>(attributes());
        attributes.put("onnx.prefix", "query: ");
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> Encoders.ofAttributes(attributes, options(Optional.empty()))
                        .close());
        assertTrue(error.getMessage().contains("'onnx.prefix' is 'query: '"), error.getMessage());
        IllegalArgumentException noModel = assertThrows(
                IllegalArgumentException.class,
                () -> Encoders.ofAttributes(Map.of("encoder", "bm25"), options(Optional.of(folder)))
                        .close());
        assertTrue(noModel.getMessage().contains("was made with bm25"), noModel.getMessage());
    }

    @Test
    void closingEndsLongWorkAndIsSafe() throws Exception {
        for (int round = 0; round < 20; round++) {
            OnnxEncoder encoder = OnnxEncoder.open(folder, CPU);
            CountDownLatch started = new CountDownLatch(4);
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<Future<?>> work = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    boolean queries = i % 2 == 0;
                    work.add(threads.submit(() -> {
                        started.countDown();
                        for (int n = 0; ; n++) {
                            if (queries) {
                                encoder.encodeQuery("coral reef " + n, FieldStatistics.NONE);
                            } else {
                                encoder.encodeDocuments(Collections.nCopies(100, "boat reef coral"));
                            }
                        }
                    }));
                }
                started.await();
                encoder.close();
                for (Future<?> each : work) {
                    ExecutionException ended = assertThrows(ExecutionException.class, each::get);
                    EncodingException why = assertInstanceOf(EncodingException.class, ended.getCause());
                    assertTrue(why.getMessage().contains("closed"), why.getMessage());
                }
            }
            encoder.close();
            EncodingException late =
                    assertThrows(EncodingException.class, () -> encoder.encodeDocuments(List.of("reef")));
            assertEquals("the encoder is closed", late.getMessage());
        }
    }

    @Test
    void anInterruptEndsLongWork() throws IOException {
        try (OnnxEncoder encoder = OnnxEncoder.open(folder, CPU)) {
            Thread.currentThread().interrupt();
            EncodingException error =
                    assertThrows(EncodingException.class, () -> encoder.encodeDocuments(List.of("reef")));
            assertTrue(Thread.interrupted());
            assertTrue(error.getMessage().contains("interrupted"), error.getMessage());
            assertFalse(encoder.encodeDocuments(List.of("reef")).getFirst().isEmpty());
        }
    }

    @Test
    void tokensAreCountedAndTheFolderDescribed() throws IOException {
        try (OnnxEncoder encoder = OnnxEncoder.open(folder, CPU)) {
            encoder.encodeDocuments(List.of("reef coral", "", "boat"));
            assertEquals(4 + 3, encoder.documentTokenCount());
            encoder.encodeQuery("reef", FieldStatistics.NONE);
            assertEquals(7, encoder.documentTokenCount());
            ModelDescription model = encoder.describe();
            assertEquals(
                    List.of("input_ids int64[?,?]", "attention_mask int64[?,?]", "token_type_ids int64[?,?]"),
                    model.inputs());
            assertEquals(
                    Optional.of(new ModelDescription.Output(
                            "logits float[?,?,8]",
                            "in the graph, tile by tile",
                            Activation.LOG1P_RELU,
                            ExecutionOptions.Provider.CPU)),
                    model.output());
            assertEquals(510, encoder.largestChunkTokens());
        }
    }

    private static ModelOptions options(Optional<Path> folder) {
        return new ModelOptions(folder, CPU, QueryOptions.DEFAULT);
    }

    private Map<String, String> attributes() throws IOException {
        try (OnnxEncoder encoder = OnnxEncoder.open(folder, CPU)) {
            return encoder.attributes();
        }
    }
}
