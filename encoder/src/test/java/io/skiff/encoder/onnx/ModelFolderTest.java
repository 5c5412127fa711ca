package io.skiff.encoder.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model's folder must hold, and what is said when it does not. */
class ModelFolderTest {
    @TempDir
    Path folder;

    @Test
    void aMissingModelIsNamedWithWhatWasFound() throws IOException {
        Files.writeString(folder.resolve("readme.txt"), "");
        assertMessage("has no model.onnx; found: readme.txt");
        Files.delete(folder.resolve("readme.txt"));
        assertMessage("has no model.onnx; found: nothing");
    }

    @Test
    void aMissingTokenizerIsNamed() throws IOException {
        Files.writeString(folder.resolve("model.onnx"), "");
        assertMessage("has no tokenizer.json or vocab.txt; found: model.onnx");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "");
        IOException error = assertThrows(IOException.class, () -> ModelFolder.open(file));
        assertTrue(error.getMessage().contains("is no folder; a model is a folder with"), error.getMessage());
    }

    @Test
    void fixedQueryWeightsMayStandAlone() throws IOException {
        Files.writeString(folder.resolve("idf.json"), "{}");
        Files.writeString(folder.resolve("vocab.txt"), "");
        ModelFolder found = ModelFolder.open(folder);
        assertEquals(Optional.empty(), found.model());
        assertEquals(Optional.of(folder.resolve("idf.json")), found.queryWeights());
    }

    @Test
    void settingsThatNameAFileNeedIt() throws IOException {
        Files.writeString(folder.resolve("skiff.json"), "{\"query_weights\": \"weights.json\"}");
        assertMessage("has no weights.json, which its skiff.json names; found: skiff.json");
    }

    @Test
    void settingsAreRead() throws IOException {
        Files.writeString(
                folder.resolve("skiff.json"),
                "{\"role\": \"document\", \"activation\": \"double_log1p\", \"pooling\": \"sum\", \"max_length\": 256,"
                        + " \"mask_special_tokens\": false, \"min_weight\": 0.25, \"max_terms\": 200, \"query_weights\": \"w.json\"}");
        assertEquals(
                new ModelSettings(
                        ModelSettings.Role.DOCUMENT,
                        Optional.of(Activation.DOUBLE_LOG1P),
                        Pooling.SUM,
                        256,
                        false,
                        0.25f,
                        200,
                        Optional.of("w.json")),
                ModelSettings.read(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rolle\": \"both\"}             | unknown key 'rolle', expected one of [role,",
                "{\"role\": \"reader\"}            | 'role' is \"reader\", expected one of [both, document, query]",
                "{\"activation\": 1}               | 'activation' is 1, expected one of [none, log1p_relu, double_log1p]",
                "{\"pooling\": \"mean\"}           | 'pooling' is \"mean\", expected one of [max, sum]",
                "{\"max_length\": 2}               | 'max_length' is 2, expected a whole number from 3 to 8192",
                "{\"max_length\": 2.5}             | 'max_length' is 2.5, expected a whole number from 3 to 8192",
                "{\"mask_special_tokens\": \"no\"} | 'mask_special_tokens' is \"no\", expected true or false",
                "{\"min_weight\": -1}             | 'min_weight' is -1, expected a finite number that is not negative",
                "{\"max_terms\": 0}               | 'max_terms' is 0, expected a whole number from 1 to 65536",
                "[]                                | expected a JSON object",
                "{                                 | not JSON",
            })
    void wrongSettingsAreNamed(String json, String message) throws IOException {
        Files.writeString(folder.resolve("skiff.json"), json);
        IOException error = assertThrows(IOException.class, () -> ModelSettings.read(folder));
        assertTrue(error.getMessage().contains("skiff.json: " + message), error.getMessage());
    }

    private void assertMessage(String part) {
        IOException error = assertThrows(IOException.class, () -> ModelFolder.open(folder));
        assertTrue(error.getMessage().contains(part), error.getMessage());
        assertTrue(error.getMessage().contains(folder.toString()), error.getMessage());
    }
}
