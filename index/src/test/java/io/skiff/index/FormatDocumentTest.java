package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.blockmax.BlockTermLayout;
import io.skiff.index.blockmax.BlockTermsLayout;
import io.skiff.index.blockmax.GapBoundsLayout;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What FORMAT.md says is what the layout classes say and what is written. */
class FormatDocumentTest {
    private static final Path DOCUMENT = Path.of("FORMAT.md");
    private static final Pattern FIELD_ROW = Pattern.compile("\\| (\\d+) \\| (\\d+) \\| `([A-Z_]+)` \\|.*");
    private static final Pattern END_ROW = Pattern.compile("\\| (\\d+) \\| \\| \\|.*");
    private static final Pattern EXAMPLE_ROW = Pattern.compile(" *\\d+  ((?:(?:[0-9a-f]{2}|\\?\\?) {1,2})+) *\\S.*");

    @ParameterizedTest
    @ValueSource(
            classes = {
                FrameLayout.class,
                TermsLayout.class,
                FieldLayout.class,
                TermLayout.class,
                PartLayout.class,
                TierLayout.class,
                EntriesLayout.class,
                IdSlotsLayout.class,
                BlockTermsLayout.class,
                BlockTermLayout.class,
                GapBoundsLayout.class
            })
    void tablesHaveTheOffsetsOfTheLayouts(Class<?> layout) throws Exception {
        Map<Integer, String> expected = new TreeMap<>();
        int size = 0;
        for (Field constant : layout.getDeclaredFields()) {
            if (constant.getName().endsWith("_OFFSET")) {
                constant.setAccessible(true);
                expected.put(constant.getInt(null), constant.getName().replaceFirst("_OFFSET$", ""));
            } else if (constant.getName().equals("BYTES")) {
                constant.setAccessible(true);
                size = constant.getInt(null);
            }
        }
        Map<Integer, String> documented = new TreeMap<>();
        int end = 0;
        int documentedSize = -1;
        for (String line : section(layout)) {
            Matcher field = FIELD_ROW.matcher(line);
            Matcher last = END_ROW.matcher(line);
            if (field.matches()) {
                documented.put(Integer.valueOf(field.group(1)), field.group(3));
                assertEquals(end, Integer.parseInt(field.group(1)), line + " does not follow the row before it");
                end += Integer.parseInt(field.group(2));
            } else if (last.matches()) {
                documentedSize = Integer.parseInt(last.group(1));
            }
        }
        assertEquals(expected, documented);
        assertEquals(size, documentedSize);
        assertTrue(documented.isEmpty() || end == size, "the rows add up to " + end + ", not " + size);
    }

    /** From the heading that names a layout to the next heading. */
    private static List<String> section(Class<?> layout) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int from = 0;
        while (!lines.get(from).matches("#+ .*`" + layout.getSimpleName() + "`")) {
            from++;
        }
        int to = from + 1;
        while (to < lines.size() && !lines.get(to).startsWith("#")) {
            to++;
        }
        return lines.subList(from, to);
    }

    @Test
    void kindsHaveTheirCodesAndTheVersionIsNamed() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        for (FileKind kind : FileKind.values()) {
            String row = "| " + kind.lowerCaseName() + " | " + kind.code() + " |";
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(row)), "a row that starts with " + row);
        }
        assertTrue(lines.getFirst().endsWith("version " + FrameLayout.FORMAT_VERSION), lines::getFirst);
    }

    @Test
    void numbersInTheTextAreThoseOfTheCode() throws IOException {
        String text = Files.readString(DOCUMENT);
        for (String phrase : List.of(
                "would have fewer than " + TierLayout.LEAST_POSTINGS + " are in one",
                "A *window* is a run of 2^" + PartLayout.WINDOW_SHIFT + " docIds",
                PartLayout.TAIL_BYTES + "\nzeros end the payload",
                "A segment of " + String.format(Locale.ROOT, "%,d", PostingsChoice.AUTO_DOCUMENTS))) {
            assertTrue(text.contains(phrase), phrase);
        }
    }

    @Test
    void theExampleIsWhatIsWritten(@TempDir Path folder) throws IOException {
        Path index = folder.resolve("index");
        TestDocuments.build(index, List.of(Document.of("a", "body", SparseVector.of(Map.of("cat", 3)))));
        assertLike(examples().subList(0, 6), payload(index, FileKind.TERMS));
        assertLike(examples().subList(6, 10), payload(index, FileKind.POSTINGS));
    }

    private static List<String> examples() throws IOException {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.map(EXAMPLE_ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> row.group(1))
                    .toList();
        }
    }

    private static byte[] payload(Path index, FileKind kind) throws IOException {
        SegmentInfo segment = Manifest.read(index).segments().getFirst();
        byte[] file = Files.readAllBytes(index.resolve(kind.fileName(segment.id())));
        return Arrays.copyOfRange(file, FrameLayout.BYTES, file.length - FrameLayout.FOOTER_BYTES);
    }

    /** Compares bytes with rows of hexadecimal digits, in which ?? is any byte. */
    private static void assertLike(List<String> rows, byte[] actual) {
        List<String> expected = new ArrayList<>();
        rows.forEach(row -> expected.addAll(List.of(row.strip().split(" +"))));
        String[] digits = new String[actual.length];
        for (int i = 0; i < actual.length; i++) {
            boolean any = i < expected.size() && expected.get(i).equals("??");
            digits[i] = any ? "??" : HexFormat.of().toHexDigits(actual[i]);
        }
        assertArrayEquals(expected.toArray(), digits);
    }
}
