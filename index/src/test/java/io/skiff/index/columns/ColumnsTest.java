package io.skiff.index.columns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns against the plain lists of values that they were made from. */
class ColumnsTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_251L);
    private static final int FILTERS = 300;

    private static final Comparator<ColumnValue> ORDER = (a, b) -> switch (a) {
        case ColumnValue.Keyword(String text) ->
            Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8),
                    ((ColumnValue.Keyword) b).value().getBytes(StandardCharsets.UTF_8));
        case ColumnValue.Whole(long number) -> Long.compare(number, ((ColumnValue.Whole) b).value());
        case ColumnValue.Real(double number) -> Double.compare(number, ((ColumnValue.Real) b).value());
    };

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void free() {
        arena.close();
    }

    /** Off the heap and cut to the byte, so that reading beyond the end fails. */
    private ColumnsReader written(List<Map<String, List<ColumnValue>>> documents) throws IOException {
        return new ColumnsReader(payload(documents), documents.size());
    }

    private MemorySegment payload(List<Map<String, List<ColumnValue>>> documents) throws IOException {
        ColumnsWriter writer = new ColumnsWriter();
        documents.forEach(writer::add);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(bytes);
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes.toByteArray());
    }

    /** Columns of few and many values, in few and nearly all documents, one and several each. */
    private List<Map<String, List<ColumnValue>>> documents(int count) {
        List<Map<String, List<ColumnValue>>> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, List<ColumnValue>> values = new HashMap<>();
            put(values, "flag", 0.9, 1, () -> new ColumnValue.Whole(random.nextInt(2)));
            put(values, "time", 0.99, 1, () -> new ColumnValue.Whole(random.nextLong()));
            put(values, "small", 0.5, 3, () -> new ColumnValue.Whole(random.nextInt(-20, 20)));
            put(values, "price", 0.8, 1, () -> new ColumnValue.Real(price()));
            put(values, "tag", 0.7, 4, () -> new ColumnValue.Keyword(word(2)));
            put(values, "name", 0.9, 1, () -> new ColumnValue.Keyword(word(8)));
            put(values, "rare", 0.01, 1, () -> new ColumnValue.Keyword("only"));
            documents.add(values);
        }
        return documents;
    }

    private void put(
            Map<String, List<ColumnValue>> values,
            String column,
            double share,
            int most,
            java.util.function.Supplier<ColumnValue> value) {
        if (random.nextDouble() < share) {
            List<ColumnValue> list = new ArrayList<>();
            for (int i = 1 + random.nextInt(most); i > 0; i--) {
                list.add(value.get());
            }
            values.put(column, list);
        }
    }

    private double price() {
        double[] special = {0, -0.0, Double.MIN_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, -1.5};
        return random.nextInt(10) == 0 ? special[random.nextInt(special.length)] : random.nextInt(-500, 500) / 8.0;
    }

    private String word(int longest) {
        String[] letters = {"a", "b", "c", "ß", "€", "\uffff", "😀"};
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            word.append(letters[random.nextInt(letters.length)]);
        }
        return word.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 63, 64, 65, 1000, 5000})
    void filtersFindWhatANaiveLookFinds(int count) throws IOException {
        List<Map<String, List<ColumnValue>>> documents = documents(count);
        FilterEvaluator evaluator = new FilterEvaluator(written(documents));
        for (int i = 0; i < FILTERS; i++) {
            Filter filter = filter(documents, 3);
            DocBits expected = DocBits.none(count);
            for (int docId = 0; docId < count; docId++) {
                if (wanted(filter, documents.get(docId))) {
                    expected.set(docId);
                }
            }
            assertEquals(expected, evaluator.evaluate(filter), () -> filter + " with -Dskiff.seed=" + SEED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 3000})
    void valuesComeBackInOrder(int count) throws IOException {
        List<Map<String, List<ColumnValue>>> documents = documents(count);
        ColumnsReader columns = written(documents);
        columns.columns().forEach((name, column) -> {
            for (int ordinal = 1; ordinal < column.valueCount(); ordinal++) {
                assertTrue(ORDER.compare(column.value(ordinal - 1), column.value(ordinal)) < 0, name);
            }
            int entries = 0;
            for (int docId = 0; docId < count; docId++) {
                TreeSet<ColumnValue> expected = new TreeSet<>(ORDER);
                expected.addAll(documents.get(docId).getOrDefault(name, List.of()));
                List<ColumnValue> found = new ArrayList<>();
                for (int i = 0; i < column.valueCount(docId); i++) {
                    found.add(column.value(column.ordinal(docId, i)));
                }
                assertEquals(List.copyOf(expected), found, name + " of document " + docId);
                if (expected.isEmpty()) {
                    assertEquals(-1, column.firstOrdinal(docId));
                    assertEquals(-1, column.lastOrdinal(docId));
                } else {
                    assertEquals(expected.first(), column.value(column.firstOrdinal(docId)));
                    assertEquals(expected.last(), column.value(column.lastOrdinal(docId)));
                }
                entries += found.size();
            }
            assertEquals(entries, column.entryCount(), name);
        });
    }

    private Filter filter(List<Map<String, List<ColumnValue>>> documents, int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 5);
        String column = List.of("flag", "time", "small", "price", "tag", "name", "rare", "none")
                .get(random.nextInt(8));
        return switch (kind) {
            case 0 -> new Filter.AnyOf(column, values(documents, column, 1 + random.nextInt(4)));
            case 1, 2 -> new Filter.Range(column, bound(documents, column), bound(documents, column));
            case 3 -> new Filter.Exists(column);
            case 4 -> new Filter.Prefix(random.nextBoolean() ? "tag" : "name", word(2));
            case 5 -> new Filter.And(filters(documents, depth));
            case 6 -> new Filter.Or(filters(documents, depth));
            case 7 -> new Filter.Not(filter(documents, depth - 1));
            case 8 -> new Filter.AtLeast(random.nextInt(4), filters(documents, depth));
            default -> new Filter.All();
        };
    }

    private List<Filter> filters(List<Map<String, List<ColumnValue>>> documents, int depth) {
        List<Filter> filters = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            filters.add(filter(documents, depth - 1));
        }
        return filters;
    }

    private Optional<Filter.Bound> bound(List<Map<String, List<ColumnValue>>> documents, String column) {
        return random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(new Filter.Bound(values(documents, column, 1).getFirst(), random.nextBoolean()));
    }

    /** Values that are there as often as not. */
    private List<ColumnValue> values(List<Map<String, List<ColumnValue>>> documents, String column, int count) {
        List<ColumnValue> values = new ArrayList<>();
        while (values.size() < count) {
            List<ColumnValue> there = documents.isEmpty() || random.nextBoolean()
                    ? List.of()
                    : documents.get(random.nextInt(documents.size())).getOrDefault(column, List.of());
            values.add(
                    !there.isEmpty()
                            ? there.getFirst()
                            : switch (column) {
                                case "flag", "time", "small" -> new ColumnValue.Whole(random.nextInt(-30, 30));
                                case "price" -> new ColumnValue.Real(price());
                                default -> new ColumnValue.Keyword(word(3));
                            });
        }
        return values;
    }

    private static boolean wanted(Filter filter, Map<String, List<ColumnValue>> document) {
        return switch (filter) {
            case Filter.All all -> true;
            case Filter.AnyOf(String column, List<ColumnValue> values) ->
                document.getOrDefault(column, List.of()).stream().anyMatch(values::contains);
            case Filter.Range(String column, Optional<Filter.Bound> lower, Optional<Filter.Bound> upper) ->
                document.getOrDefault(column, List.of()).stream()
                        .anyMatch(value -> above(value, lower) && below(value, upper));
            case Filter.Exists(String column) -> document.containsKey(column);
            case Filter.Prefix(String column, String prefix) ->
                document.getOrDefault(column, List.of()).stream()
                        .anyMatch(value -> ((ColumnValue.Keyword) value).value().startsWith(prefix));
            case Filter.And(List<Filter> filters) -> filters.stream().allMatch(each -> wanted(each, document));
            case Filter.Or(List<Filter> filters) -> filters.stream().anyMatch(each -> wanted(each, document));
            case Filter.Not(Filter not) -> !wanted(not, document);
            case Filter.AtLeast(int count, List<Filter> filters) ->
                filters.stream().filter(each -> wanted(each, document)).count() >= count;
        };
    }

    private static boolean above(ColumnValue value, Optional<Filter.Bound> bound) {
        return bound.isEmpty()
                || ORDER.compare(value, bound.get().value()) > (bound.get().inclusive() ? -1 : 0);
    }

    private static boolean below(ColumnValue value, Optional<Filter.Bound> bound) {
        return bound.isEmpty()
                || ORDER.compare(value, bound.get().value()) < (bound.get().inclusive() ? 1 : 0);
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        ColumnsWriter writer = new ColumnsWriter();
        writer.add(Map.of("a", List.of(new ColumnValue.Whole(1))));
        assertThrows(
                IllegalArgumentException.class, () -> writer.add(Map.of("a", List.of(new ColumnValue.Keyword("x")))));
        assertThrows(IllegalArgumentException.class, () -> new ColumnValue.Real(Double.NaN));

        List<Map<String, List<ColumnValue>>> documents = documents(100);
        FilterEvaluator evaluator = new FilterEvaluator(written(documents));
        Filter wrong = new Filter.AnyOf("time", List.of(new ColumnValue.Keyword("x")));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(wrong))
                .getMessage()
                .contains("column 'time' is of type WHOLE"));
        assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(new Filter.Prefix("time", "x")));
        MemorySegment payload = payload(documents);
        assertThrows(IllegalArgumentException.class, () -> new ColumnsReader(payload, 99));
        for (long cut : new long[] {0, 1, 15, 16, payload.byteSize() / 2, payload.byteSize() - 1}) {
            assertThrows(IllegalArgumentException.class, () -> new ColumnsReader(payload.asSlice(0, cut), 100));
        }
    }

    @Test
    void theCheckFindsWhereOnePartContradictsAnother() throws IOException {
        ColumnsCheck.run(written(documents(500)));
        List<Map<String, List<ColumnValue>>> documents = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            List<ColumnValue> values = List.of(new ColumnValue.Whole(i % 2), new ColumnValue.Whole(100 + i));
            documents.add(i % 10 == 0 ? Map.of() : Map.of("column", values));
        }
        MemorySegment sound = payload(documents);
        long entry = sound.byteSize() - ColumnsLayout.BYTES - ColumnLayout.BYTES;
        for (long part : new long[] {
            ColumnLayout.COUNTS_OFFSET_OFFSET,
            ColumnLayout.DOCUMENTS_OFFSET_OFFSET,
            ColumnLayout.ORDINALS_OFFSET_OFFSET,
            ColumnLayout.PRESENT_OFFSET_OFFSET
        }) {
            long start = sound.get(ColumnsLayout.LONG, entry + part);
            // The bits of a bitmap begin behind 16 bytes that say what it is.
            for (long at = start + 16; at < start + 22; at++) {
                MemorySegment changed = arena.allocate(sound.byteSize()).copyFrom(sound);
                changed.set(ValueLayout.JAVA_BYTE, at, (byte) (changed.get(ValueLayout.JAVA_BYTE, at) ^ 1));
                ColumnsReader reader = new ColumnsReader(changed, documents.size());
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> ColumnsCheck.run(reader),
                                "byte " + at + " of the part at " + start)
                        .getMessage();
                assertTrue(message.startsWith("column 'column' "), message);
            }
        }
    }

    @Test
    void noForgedByteBringsTheCheckDown() throws IOException {
        MemorySegment sound = payload(documents(60));
        for (long at = 0; at < sound.byteSize(); at++) {
            byte before = sound.get(ValueLayout.JAVA_BYTE, at);
            sound.set(ValueLayout.JAVA_BYTE, at, (byte) (before ^ (at % 2 == 0 ? 0x80 : 1)));
            try {
                ColumnsCheck.run(new ColumnsReader(sound, 60));
            } catch (IllegalArgumentException e) {
                assertFalse(e.getMessage().isEmpty());
            }
            sound.set(ValueLayout.JAVA_BYTE, at, before);
        }
        ColumnsCheck.run(new ColumnsReader(sound, 60));
    }

    @Test
    void bitsAreAsAFileOfLiveDocumentsHasThem() {
        DocBits bits = DocBits.none(65);
        bits.set(0);
        bits.set(9);
        bits.set(64);
        byte[] bytes = bits.memory().toArray(ValueLayout.JAVA_BYTE);
        assertEquals(1, bytes[0]);
        assertEquals(2, bytes[1]);
        assertEquals(1, bytes[8]);
        assertTrue(bytes.length >= 9 + 7, "8 bytes can be loaded at the last one with documents");
        List<Integer> found = new ArrayList<>();
        bits.forEach(found::add);
        assertEquals(List.of(0, 9, 64), found);
        bits.flip();
        assertEquals(62, bits.cardinality());
        assertFalse(bits.get(9));
        assertEquals(65, DocBits.all(65).cardinality());
    }
}
