package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.columns.ColumnReader;
import io.skiff.index.columns.ColumnValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** As {@link GoldenIndexTest}, of what a live index has besides: columns, and a sequence number in the manifest. */
@ExtendWith(MappedMemoryExtension.class)
class GoldenLiveTest {
    private static final Path GOLDEN =
            Path.of("src/test/resources/golden/version-" + FrameLayout.FORMAT_VERSION + "-live");
    private static final int DOCUMENTS = 60;

    @TempDir
    Path folder;

    private static Document document(int number) {
        Map<String, List<ColumnValue>> columns = new TreeMap<>();
        columns.put("parity", List.of(new ColumnValue.Keyword(number % 2 == 0 ? "even" : "odd")));
        columns.put("number", List.of(new ColumnValue.Whole(number)));
        if (number % 3 == 0) {
            columns.put("some", List.of(new ColumnValue.Real(-number / 4.0), new ColumnValue.Real(number)));
        }
        return new Document(
                "id-" + number,
                Map.of("body", SparseVector.of(Map.of("t" + number % 7, 1 + number))),
                columns,
                ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path index) throws IOException {
        LiveSegments.create(index, Files::createDirectory);
        try (LiveSegments segments = LiveSegments.open(index)) {
            for (int first : new int[] {0, DOCUMENTS / 2}) {
                try (SegmentBuilder builder = segments.newSegment(Map.of(), BuildOptions.DEFAULT)) {
                    for (int number = first; number < first + DOCUMENTS / 2; number++) {
                        builder.add(document(number));
                    }
                    segments.append(List.of("id-7"), Optional.of(builder), first);
                }
            }
            segments.commit(() -> {});
        }
        Files.delete(index.resolve(WriterLock.NAME));
        Files.delete(index.resolve(LiveSegments.STORE_NAME));
    }

    @Test
    void isWrittenAsItWas() throws IOException {
        Path index = folder.resolve("index");
        write(index);
        FolderContents.assertGolden(GOLDEN, index);
    }

    @Test
    void isReadAsItWasMeant() throws IOException {
        assertEquals(List.of(), IndexCheck.run(GOLDEN, bytes -> {}).problems());
        try (IndexReader reader = IndexReader.open(GOLDEN)) {
            assertEquals(OptionalLong.of(DOCUMENTS / 2), reader.sequenceNumber());
            assertEquals(DOCUMENTS - 1, reader.liveDocumentCount());
            for (int number = 0; number < DOCUMENTS; number++) {
                SegmentReader segment = reader.segments().get(number / (DOCUMENTS / 2));
                int docId = segment.docId("id-" + number);
                assertEquals(number != 7, segment.isLive(docId));
                Map<String, List<ColumnValue>> expected = document(number).columns();
                for (ColumnReader column :
                        segment.columns().orElseThrow().columns().values()) {
                    List<ColumnValue> values = expected.getOrDefault(column.name(), List.of()).stream()
                            .distinct()
                            .toList();
                    assertEquals(values.size(), column.valueCount(docId));
                    for (int i = 0; i < values.size(); i++) {
                        assertEquals(values.get(i), column.value(column.ordinal(docId, i)));
                    }
                }
            }
        }
    }
}
