package io.skiff.index.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What LIVE.md says of the store is what the layout classes say. */
class LiveDocumentTest {
    private static final Path DOCUMENT = Path.of("LIVE.md");
    private static final Pattern FIELD_ROW = Pattern.compile("\\| (\\d+) \\| (\\d+) \\| `([A-Z_]+)` \\|.*");
    private static final Pattern END_ROW = Pattern.compile("\\| (\\d+) \\| \\| \\|.*");

    @ParameterizedTest
    @ValueSource(classes = {StateLayout.class, IdLayout.class, DocumentLayout.class})
    void tablesHaveTheOffsetsOfTheLayouts(Class<?> layout) throws Exception {
        Map<Integer, String> expected = new TreeMap<>();
        for (Field constant : layout.getDeclaredFields()) {
            if (constant.getName().endsWith("_OFFSET")) {
                expected.put(constant.getInt(null), constant.getName().replaceFirst("_OFFSET$", ""));
            }
        }
        Field size = layout.getDeclaredField("BYTES");
        Map<Integer, String> documented = new TreeMap<>();
        List<String> lines = Files.readAllLines(DOCUMENT);
        int at = 0;
        while (!lines.get(at).matches("#+ .*`" + layout.getSimpleName() + "`")) {
            at++;
        }
        int end = 0;
        boolean closed = false;
        for (at++; at < lines.size() && !lines.get(at).startsWith("#"); at++) {
            Matcher field = FIELD_ROW.matcher(lines.get(at));
            Matcher last = END_ROW.matcher(lines.get(at));
            if (field.matches()) {
                assertEquals(end, Integer.parseInt(field.group(1)), lines.get(at));
                end += Integer.parseInt(field.group(2));
                documented.put(Integer.valueOf(field.group(1)), field.group(3));
            } else if (last.matches()) {
                closed = true;
                assertEquals(size.getInt(null), Integer.parseInt(last.group(1)), lines.get(at));
            }
        }
        assertEquals(expected, documented);
        assertEquals(size.getInt(null), end);
        assertTrue(closed, "the table of " + layout.getSimpleName() + " has no last row");
    }

    @Test
    void theFormatVersionIsNamed() throws Exception {
        assertTrue(Files.readString(DOCUMENT).contains("the ASCII digit `" + StoreDatabase.FORMAT_VERSION + "`"));
    }
}
