package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index that was written when its format version was new is read, and written again byte by byte. If this fails, the
 * format has changed: raise {@link FrameLayout#FORMAT_VERSION}, keep the old folder if its version can still be read,
 * and write the new one with {@code -Dskiff.golden.write=true}.
 */
@ExtendWith(MappedMemoryExtension.class)
class GoldenIndexTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/version-" + FrameLayout.FORMAT_VERSION);
    private static final int DOCUMENTS = 300;
    private static final int FIRST_SEGMENT = 280;

    @TempDir
    Path folder;

    /** Made up, and made so that every width, kind of bounds and kind of tier occurs; no library's random numbers. */
    private static Document document(int number) {
        Map<String, Float> body = new TreeMap<>();
        body.put("all", 1f + number % 3);
        for (int every : new int[] {2, 5, 11, 40, 90}) {
            if (number % every == 0) {
                body.put("every" + every, 1f + number * 7 % 255);
            }
        }
        body.put("only" + number / 2, 200f);
        SparseVector title = SparseVector.of(Map.of("ﬁeld", 0.25f * (1 + number % 4)));
        Map<String, SparseVector> vectors =
                number % 10 == 3 ? Map.of("title", title) : Map.of("body", SparseVector.of(body), "title", title);
        return new Document("id-" + number, vectors, ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path index) throws IOException {
        BuildOptions both =
                BuildOptions.DEFAULT.withBlockMax(new BlockMaxOptions(0, 3)).withPostings(PostingsChoice.ALWAYS);
        try (IndexBuilder builder = IndexBuilder.create(index, Map.of(), false, both)) {
            for (int number = 0; number < FIRST_SEGMENT; number++) {
                builder.add(document(number));
            }
            builder.commit();
        }
        BuildOptions records = both.withBlockMax(new BlockMaxOptions(0, 2)).withPostings(PostingsChoice.NEVER);
        try (IndexEditor editor = IndexEditor.open(index);
                SegmentBuilder segment = editor.newSegment(Map.of(), records)) {
            for (int number = FIRST_SEGMENT; number < DOCUMENTS; number++) {
                segment.add(document(number));
            }
            editor.append(segment);
            editor.delete("id-17");
            editor.commit();
        }
        Files.delete(index.resolve(WriterLock.NAME));
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
            assertEquals(DOCUMENTS, reader.documentCount());
            assertEquals(DOCUMENTS - 1, reader.liveDocumentCount());
            assertEquals(2, reader.segments().size());
            for (String field : List.of("body", "title")) {
                Quantizer quantizer = reader.field(field).orElseThrow().quantizer();
                assertEquals(expected(field, quantizer), found(reader, field), field);
            }
            SegmentReader second = reader.segments().get(1);
            assertEquals(5, second.docId("id-" + (FIRST_SEGMENT + 5)));
            assertEquals("{\"n\":299}", new String(second.source(19), StandardCharsets.UTF_8));
        }
    }

    private static List<String> expected(String field, Quantizer quantizer) {
        List<String> postings = new ArrayList<>();
        for (int number = 0; number < DOCUMENTS; number++) {
            SparseVector vector = document(number).vectors().getOrDefault(field, SparseVector.EMPTY);
            for (int i = 0; i < vector.size(); i++) {
                postings.add(vector.token(i) + " id-" + number + " " + quantizer.impact(vector.weight(i)));
            }
        }
        postings.sort(null);
        return postings;
    }

    private static List<String> found(IndexReader reader, String field) {
        List<String> postings = new ArrayList<>();
        PostingsIterator iterator = new PostingsIterator();
        for (SegmentReader segment : reader.segments()) {
            for (int termId = 0; termId < segment.termCount(); termId++) {
                String token = segment.token(termId);
                iterator.reset(segment, termId);
                while (segment.termId(field, token) == termId && iterator.next()) {
                    postings.add(token + " " + segment.externalId(iterator.docId()) + " " + iterator.impact());
                }
            }
        }
        postings.sort(null);
        return postings;
    }
}
