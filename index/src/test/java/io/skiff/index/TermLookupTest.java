package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tokens looked up together are found as they are one by one. */
@ExtendWith(MappedMemoryExtension.class)
class TermLookupTest {
    private static final List<String> FIELDS = List.of("body", "title", "absent");

    /** So many terms that many of them do not have the slot that their hash names first. */
    private static final int VOCABULARY = 5_000;

    @TempDir
    Path folder;

    @Test
    void findsWhatSingleLookupsFind() throws IOException {
        RandomGenerator random = Seed.random();
        Path index = folder.resolve("index");
        try (IndexBuilder builder = IndexBuilder.create(index, Map.of(), false)) {
            for (int i = 0; i < 200; i++) {
                builder.add(
                        new Document("d" + i, Map.of("body", vector(random), "title", vector(random)), new byte[0]));
            }
            builder.commit();
        }
        try (IndexReader reader = IndexReader.open(index)) {
            SegmentReader segment = reader.segments().getFirst();
            TermLookup lookup = new TermLookup();
            int found = 0;
            for (int round = 0; round < 200; round++) {
                lookup.clear();
                int count = random.nextInt(90);
                String[] fields = new String[count];
                String[] tokens = new String[count];
                for (int i = 0; i < count; i++) {
                    fields[i] = FIELDS.get(random.nextInt(FIELDS.size()));
                    tokens[i] = token(random, VOCABULARY * 3 / 2);
                    lookup.add(fields[i], tokens[i]);
                }
                segment.find(lookup);
                assertEquals(count, lookup.count());
                for (int i = 0; i < count; i++) {
                    assertEquals(segment.termId(fields[i], tokens[i]), lookup.termId(i), tokens[i] + Seed.message());
                    found += lookup.termId(i) >= 0 ? 1 : 0;
                }
            }
            assertTrue(found > 1_000, "found " + found + Seed.message());
        }
    }

    private static SparseVector vector(RandomGenerator random) {
        Map<String, Double> weights = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            weights.put(token(random, VOCABULARY), 1.0);
        }
        return SparseVector.of(weights);
    }

    private static String token(RandomGenerator random, int vocabulary) {
        int number = random.nextInt(vocabulary);
        return number % 7 == 0 ? "größe" + number : "t" + number;
    }
}
