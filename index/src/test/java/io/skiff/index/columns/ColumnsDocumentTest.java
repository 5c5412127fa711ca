package io.skiff.index.columns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.LayoutTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What LIVE.md says of columns is what the classes say. */
class ColumnsDocumentTest {
    private static final Path DOCUMENT = Path.of("LIVE.md");

    @ParameterizedTest
    @ValueSource(classes = {ColumnsLayout.class, ColumnLayout.class})
    void tablesHaveTheOffsetsOfTheLayouts(Class<?> layout) throws Exception {
        LayoutTable.assertDocumented(DOCUMENT, layout);
    }

    @Test
    void typesAndTheChoiceOfABitmapAreNamed() throws Exception {
        String document = Files.readString(DOCUMENT);
        for (ColumnType type : ColumnType.values()) {
            assertTrue(document.contains("| " + type.code() + " | `" + type + "` |"), "a row for " + type);
        }
        assertTrue(document.contains("fewer than " + ColumnsLayout.BITMAP_MIN_DOCUMENTS + " are docIds"));
    }
}
