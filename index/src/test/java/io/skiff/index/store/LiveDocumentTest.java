package io.skiff.index.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.LayoutTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What LIVE.md says of the store is what the layout classes say. */
class LiveDocumentTest {
    private static final Path DOCUMENT = Path.of("LIVE.md");

    @ParameterizedTest
    @ValueSource(classes = {StateLayout.class, IdLayout.class, DocumentLayout.class})
    void tablesHaveTheOffsetsOfTheLayouts(Class<?> layout) throws Exception {
        LayoutTable.assertDocumented(DOCUMENT, layout);
    }

    @Test
    void theFormatVersionIsNamed() throws Exception {
        assertTrue(Files.readString(DOCUMENT).contains("the ASCII digit `" + StoreDatabase.FORMAT_VERSION + "`"));
    }
}
