package io.skiff.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.TokenPruning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @Test
    void readsNamesAndNumbers() {
        assertEquals(new Configuration.Linear("linear", 1, 1), Configuration.parse("linear"));
        assertEquals(new Configuration.Linear("linear:0.5", 0.5f, 1), Configuration.parse(" linear:0.5"));
        assertEquals(new Configuration.ReciprocalRank("rrf", 60, 0), Configuration.parse("rrf"));
        assertEquals(new Configuration.ReciprocalRank("rrf:1:50", 1, 50), Configuration.parse("rrf:1:50"));
        assertEquals(new Configuration.Pruned("pruned", TokenPruning.DEFAULT), Configuration.parse("pruned"));
        assertEquals(new Configuration.Approximate("approximate:0.13", 0.13), Configuration.parse("approximate:0.13"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense          | there are bm25, sparse, linear",
                "bm25:1         | expected at most 0 numbers",
                "linear:1:2:3   | expected at most 2 numbers",
                "linear:0:1     | expected weights above 0",
                "linear:x       | is no number",
                "linear:Infinity| expected finite numbers",
                "rrf:1.5        | expected a rank constant of 1 or more",
                "pruned:200     | tokens_freq_ratio_threshold must be from 1 to 100",
                "approximate:1  | expected a share above 0 and below 1",
            })
    void refusesOthers(String text, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> Configuration.parse(text))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
