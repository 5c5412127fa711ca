package io.skiff.index.columns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers of keywords against those of a map. */
class KeywordNumbersTest {
    private static final long SEED = Long.getLong("skiff.seed", 1_130);
    private static final String MESSAGE = "-Dskiff.seed=" + SEED;

    @Test
    void numbersAndOrderAreThoseOfAMap() throws IOException {
        Random random = new Random(SEED);
        KeywordNumbers numbers = new KeywordNumbers();
        Map<String, Integer> expected = new HashMap<>();
        List<String> keywords = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            String keyword = keyword(random);
            Integer before = expected.putIfAbsent(keyword, expected.size());
            if (before == null) {
                keywords.add(keyword);
            }
            assertEquals(expected.get(keyword), numbers.number(bytes(keyword)), MESSAGE);
            assertEquals(expected.size(), numbers.size(), MESSAGE);
        }
        keywords.sort(Comparator.comparing(KeywordNumbersTest::bytes, Arrays::compareUnsigned));
        assertArrayEquals(keywords.stream().mapToInt(expected::get).toArray(), numbers.sorted(), MESSAGE);
        for (String keyword : keywords) {
            int number = expected.get(keyword);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            PayloadOutput out = new PayloadOutput(written);
            numbers.write(number, out);
            out.flush();
            assertArrayEquals(bytes(keyword), written.toByteArray(), MESSAGE);
            assertEquals(bytes(keyword).length, numbers.length(number), MESSAGE);
        }
    }

    @Test
    void none() {
        assertEquals(0, new KeywordNumbers().size());
        assertArrayEquals(new int[0], new KeywordNumbers().sorted());
    }

    /** Short and long ones, many with one hash or one beginning, the empty one among them. */
    private static String keyword(Random random) {
        return switch (random.nextInt(50)) {
            case 0 -> "é".repeat(random.nextInt(ColumnValue.MAX_KEYWORD_BYTES / 2 + 1));
            case 1 -> "x".repeat(ColumnValue.MAX_KEYWORD_BYTES - random.nextInt(3));
            default -> {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(20); i > 0; i--) {
                    text.append(random.nextBoolean() ? "Aa" : "BB");
                }
                yield text.append(random.nextBoolean() ? "" : random.nextInt()).toString();
            }
        };
    }

    private static byte[] bytes(String keyword) {
        return keyword.getBytes(StandardCharsets.UTF_8);
    }
}
