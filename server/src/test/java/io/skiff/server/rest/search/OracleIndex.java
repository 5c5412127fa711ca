package io.skiff.server.rest.search;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.index.BuildOptions;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexEditor;
import io.skiff.index.PostingsChoice;
import io.skiff.index.Quantizer;
import io.skiff.index.SegmentBuilder;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.columns.ColumnValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Documents with vectors, words and values that a test knows, indexed in several segments and partly deleted. */
final class OracleIndex {
    /** Words that English stemming leaves as they are. */
    static final List<String> WORDS = List.of("boat", "reef", "coral", "fish", "salt", "storm", "wind", "deck");

    static final List<String> TAGS =
            List.of("red", "Red", "redder", "green", "blue", "böse", "", "\uD83D\uDEA2", "\uFB01x");
    static final int TOKEN_COUNT = 12;

    /**
     * A document.
     *
     * @param vectors of fields {@code sv} and {@code sw}, whole weights
     * @param text of field {@code text}; empty if it has none
     */
    record Doc(
            String id,
            boolean deleted,
            Map<String, Map<String, Integer>> vectors,
            String text,
            SparseVector encoded,
            Map<String, List<ColumnValue>> columns) {
        Set<String> words() {
            return text.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(text.split(" ")));
        }
    }

    private static final Map<String, FieldOptions> VECTOR_FIELDS = Map.of(
            "sv", new FieldOptions(Optional.of(Quantizer.IDENTITY), Map.of()),
            "sw", new FieldOptions(Optional.of(Quantizer.IDENTITY), Map.of()));

    private final List<Doc> docs = new ArrayList<>();

    private OracleIndex() {}

    List<Doc> docs() {
        return docs;
    }

    /** Builds an index in a directory. */
    static OracleIndex build(Path directory, Random random, int[] segmentSizes) throws IOException {
        OracleIndex index = new OracleIndex();
        List<String> texts = new ArrayList<>();
        int count = java.util.Arrays.stream(segmentSizes).sum();
        for (int i = 0; i < count; i++) {
            texts.add(text(random));
        }
        try (Bm25Encoder encoder = Bm25Encoder.calibratedOn(Bm25Encoder.Parameters.DEFAULT, texts)) {
            List<SparseVector> encoded = encoder.encodeDocuments(texts);
            for (int i = 0; i < count; i++) {
                index.docs.add(new Doc(
                        "d" + i,
                        random.nextInt(6) == 0,
                        vectors(random),
                        texts.get(i),
                        encoded.get(i),
                        columns(random)));
            }
            index.write(directory, random, encoder, segmentSizes);
        }
        return index;
    }

    private void write(Path directory, Random random, Bm25Encoder encoder, int[] segmentSizes) throws IOException {
        Map<String, FieldOptions> fields = new HashMap<>(VECTOR_FIELDS);
        fields.put("text", encoder.fieldOptions());
        int next = 0;
        try (IndexBuilder builder = IndexBuilder.create(directory, fields, false, options(random))) {
            for (; next < segmentSizes[0]; next++) {
                builder.add(document(docs.get(next)));
            }
            builder.commit();
        }
        try (IndexEditor editor = IndexEditor.open(directory)) {
            for (int segment = 1; segment < segmentSizes.length; segment++) {
                try (SegmentBuilder builder = editor.newSegment(Map.of(), options(random))) {
                    for (int end = next + segmentSizes[segment]; next < end; next++) {
                        builder.add(document(docs.get(next)));
                    }
                    editor.append(builder);
                }
            }
            for (Doc doc : docs) {
                if (doc.deleted()) {
                    editor.delete(doc.id());
                }
            }
            editor.commit();
        }
    }

    private static BuildOptions options(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> BuildOptions.DEFAULT;
            case 1 -> BuildOptions.DEFAULT.withBlockMax(new BlockMaxOptions(1, 3));
            default ->
                BuildOptions.DEFAULT.withBlockMax(new BlockMaxOptions(1, 2)).withPostings(PostingsChoice.NEVER);
        };
    }

    private static Document document(Doc doc) {
        Map<String, SparseVector> vectors = new HashMap<>();
        doc.vectors().forEach((field, weights) -> vectors.put(field, SparseVector.of(weights)));
        if (!doc.text().isEmpty()) {
            vectors.put("text", doc.encoded());
        }
        return new Document(doc.id(), vectors, doc.columns(), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(text.isEmpty() ? "" : " ").append(WORDS.get(skewed(random, WORDS.size())));
        }
        return text.toString();
    }

    private static int skewed(Random random, int count) {
        return (int) (count * Math.pow(random.nextDouble(), 2));
    }

    private static Map<String, Map<String, Integer>> vectors(Random random) {
        Map<String, Map<String, Integer>> vectors = new LinkedHashMap<>();
        for (String field : List.of("sv", "sw")) {
            Map<String, Integer> weights = new LinkedHashMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                weights.put("t" + skewed(random, TOKEN_COUNT), 1 + random.nextInt(5));
            }
            if (!weights.isEmpty()) {
                vectors.put(field, weights);
            }
        }
        return vectors;
    }

    private static Map<String, List<ColumnValue>> columns(Random random) {
        Map<String, List<ColumnValue>> columns = new LinkedHashMap<>();
        addValues(columns, "tag", random, 3, () -> new ColumnValue.Keyword(TAGS.get(random.nextInt(TAGS.size()))));
        addValues(columns, "n", random, 2, () -> new ColumnValue.Whole(random.nextInt(20) - 5));
        addValues(columns, "x", random, 2, () -> new ColumnValue.Real((random.nextInt(40) - 10) / 4.0));
        addValues(columns, "part.rare", random, 1, () -> new ColumnValue.Whole(random.nextInt(3)));
        if (random.nextInt(4) > 0) {
            columns.remove("part.rare");
        }
        return columns;
    }

    private static void addValues(
            Map<String, List<ColumnValue>> columns,
            String name,
            Random random,
            int most,
            java.util.function.Supplier<ColumnValue> value) {
        List<ColumnValue> values = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            values.add(value.get());
        }
        if (!values.isEmpty()) {
            columns.put(name, values);
        }
    }
}
