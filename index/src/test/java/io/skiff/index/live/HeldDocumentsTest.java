package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldDocumentsTest {
    private static final long SEED = Long.getLong("skiff.seed", 1_129);

    @Test
    void documentsComeBackFromWhereverTheyAre() {
        Random random = new Random(SEED);
        List<LiveDocument> documents = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        List<Long> copies = new ArrayList<>();
        try (HeldDocuments held = new HeldDocuments();
                HeldDocuments others = new HeldDocuments()) {
            for (int i = 0; i < 300; i++) {
                // Some larger than a chunk, most of them many to one.
                byte[] source = new byte[i % 50 == 7 ? 1_500_000 : random.nextInt(30_000)];
                random.nextBytes(source);
                documents.add(document(random, "id" + i, source));
                places.add(held.add(DerivedData.encode(documents.get(i)), source));
                copies.add(others.add(held, places.get(random.nextInt(i + 1))));
                copies.set(i, others.add(held, places.get(i)));
            }
            for (int i = 0; i < documents.size(); i++) {
                String what = "document " + i + " (-Dskiff.seed=" + SEED + ")";
                for (LiveDocument again :
                        List.of(held.get(places.get(i), "id" + i), others.get(copies.get(i), "id" + i))) {
                    assertEquals(documents.get(i).vectors(), again.vectors(), what);
                    assertEquals(documents.get(i).columns(), again.columns(), what);
                    assertArrayEquals(documents.get(i).source(), again.source(), what);
                }
            }
        }
    }

    @Test
    void weightsAreThoseOfTheVectors() {
        Random random = new Random(SEED);
        try (HeldDocuments held = new HeldDocuments()) {
            for (int round = 0; round < 500; round++) {
                LiveDocument document = document(random, "id", new byte[3]);
                Map<String, FieldWeights> expected = new HashMap<>();
                document.vectors().forEach((field, vector) -> {
                    for (int i = 0; i < vector.size(); i++) {
                        float weight = vector.weight(i);
                        boolean whole = weight == 1 || weight == 255;
                        expected.merge(field, new FieldWeights(weight, whole, 1), FieldWeights::and);
                    }
                });
                Map<String, FieldWeights> weights = new HashMap<>();
                held.addWeights(held.add(DerivedData.encode(document), new byte[3]), "id", weights);
                assertEquals(expected, weights, "-Dskiff.seed=" + SEED + ", round " + round);
            }
        }
    }

    @Test
    void vectorsThatAreCutAreRefusedByName() {
        byte[] whole = DerivedData.encode(LiveDocument.of("id", "v", SparseVector.of(Map.of("cat", 1f, "dog", 2f))));
        int columns = Integer.BYTES; // which weights are read without
        for (int length = 0; length < whole.length - columns; length++) {
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, length)).order(ByteOrder.LITTLE_ENDIAN);
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> DerivedData.addWeights("id", cut, new HashMap<>()));
            assertEquals("the stored vectors of document 'id' are cut", e.getMessage());
        }
    }

    private static LiveDocument document(Random random, String id, byte[] source) {
        Map<String, SparseVector> vectors = new HashMap<>();
        for (String field : List.of("a", "b", "ñ").subList(0, random.nextInt(4))) {
            Map<String, Float> weights = new HashMap<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                weights.put("token" + i, new float[] {1, 255, 256, .5f}[random.nextInt(4)]);
            }
            vectors.put(field, SparseVector.of(weights));
        }
        return new LiveDocument(id, vectors, Map.of("n", List.of(new ColumnValue.Whole(random.nextInt()))), source);
    }
}
