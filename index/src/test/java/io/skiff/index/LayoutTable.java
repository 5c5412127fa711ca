package io.skiff.index;

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

/** Holds the table of offsets under the heading that names a layout to the constants of the layout. */
public final class LayoutTable {
    private static final Pattern FIELD_ROW = Pattern.compile("\\| (\\d+) \\| (\\d+) \\| `([A-Z_]+)` \\|.*");
    private static final Pattern END_ROW = Pattern.compile("\\| (\\d+) \\| \\| \\|.*");

    private LayoutTable() {}

    /** Fails if the table of {@code layout} in {@code document} has another row than the class has constants. */
    public static void assertDocumented(Path document, Class<?> layout) throws Exception {
        Map<Integer, String> expected = new TreeMap<>();
        for (Field constant : layout.getDeclaredFields()) {
            if (constant.getName().endsWith("_OFFSET")) {
                constant.setAccessible(true);
                expected.put(constant.getInt(null), constant.getName().replaceFirst("_OFFSET$", ""));
            }
        }
        Field constant = layout.getDeclaredField("BYTES");
        constant.setAccessible(true);
        int size = constant.getInt(null);
        Map<Integer, String> documented = new TreeMap<>();
        List<String> lines = Files.readAllLines(document);
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
                assertEquals(size, Integer.parseInt(last.group(1)), lines.get(at));
            }
        }
        assertEquals(expected, documented);
        assertEquals(size, end);
        assertTrue(closed, "the table of " + layout.getSimpleName() + " has no last row");
    }
}
