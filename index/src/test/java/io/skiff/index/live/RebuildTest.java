package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.FieldOptions;
import io.skiff.index.IndexFormatException;
import io.skiff.index.IndexReader;
import io.skiff.index.LiveSegments;
import io.skiff.index.MappedMemoryExtension;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A live index whose files are damaged is made whole from its document store, and nothing is lost if that fails. */
@ExtendWith(MappedMemoryExtension.class)
class RebuildTest {
    private static final int DOCUMENTS = 60;
    private static final String MANIFEST = "manifest.skiff";

    @TempDir
    private Path folder;

    private Path index;
    private final LiveModel model = new LiveModel();

    @BeforeEach
    void write() throws IOException {
        index = folder.resolve("index");
        try (IndexWriter writer = IndexWriter.create(index, LiveIndexes.restless(4))) {
            for (int i = 0; i < DOCUMENTS; i++) {
                write(writer, LiveWrite.Put.of(LiveModel.document("d" + i, i)));
                if (i % 20 == 19) {
                    writer.flush();
                }
            }
            write(writer, LiveWrite.Put.of(LiveModel.document("d7", 1_000)));
            write(writer, LiveWrite.Delete.of("d8"));
        }
        LiveIndexes.verifySound(index);
    }

    private void write(IndexWriter writer, LiveWrite write) throws IOException {
        writer.write(List.of(write));
        model.apply(write);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".skiff"))
                    .sorted()
                    .toList();
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private void rebuild() throws IOException {
        IndexWriter.rebuild(index, LiveIndexes.restless(4), changes -> {});
    }

    private void assertWhole(String message) throws IOException {
        LiveIndexes.verifySound(index);
        try (IndexWriter writer = IndexWriter.open(index, LiveIndexes.MANUAL);
                IndexReader reader = writer.acquire()) {
            model.assertSame(reader, message);
        }
    }

    @Test
    void whateverFileIsDamagedOrGone() throws IOException {
        int count = files().size();
        assertTrue(count > 8, files().toString());
        for (int i = 0; i < files().size(); i++) {
            for (boolean gone : new boolean[] {false, true}) {
                Path file = files().get(i);
                if (gone) {
                    Files.delete(file);
                } else {
                    damage(file);
                    assertThrows(IOException.class, () -> IndexWriter.open(index, LiveIndexes.MANUAL));
                }
                rebuild();
                assertWhole(file + (gone ? " gone" : " damaged"));
            }
        }
    }

    @Test
    void aSoundIndexStaysWhatItIs() throws IOException {
        AtomicLong read = new AtomicLong();
        IndexWriter.rebuild(index, LiveIndexes.restless(4), read::set);
        assertEquals(DOCUMENTS, read.get(), "the last change to each id");
        assertWhole("after a rebuild");
    }

    @Test
    void anIndexWithoutDocumentsBecomesWholeToo() throws IOException {
        Path empty = folder.resolve("empty");
        IndexWriter.create(empty, LiveIndexes.MANUAL).close();
        damage(empty.resolve(MANIFEST));
        IndexWriter.rebuild(empty, LiveIndexes.MANUAL, changes -> {});
        LiveIndexes.verifySound(empty);
    }

    @Test
    void fieldsKeepTheirOptions() throws IOException {
        Path fixed = folder.resolve("fixed");
        FieldOptions options = new FieldOptions(Optional.of(new Quantizer(.5f)), Map.of("made", "by a test"));
        try (IndexWriter writer = IndexWriter.create(fixed, LiveIndexes.MANUAL)) {
            writer.defineField("body", options);
            writer.write(List.of(LiveWrite.Put.of(LiveDocument.of("a", "body", SparseVector.of(Map.of("cat", 3))))));
        }
        damage(fixed.resolve(MANIFEST));
        IndexWriter.rebuild(fixed, LiveIndexes.MANUAL, changes -> {});
        try (IndexReader reader = IndexReader.open(fixed)) {
            assertEquals(.5f, reader.field("body").orElseThrow().quantizer().scale());
            assertEquals(
                    Map.of("made", "by a test"),
                    reader.field("body").orElseThrow().attributes());
        }
    }

    @Test
    void whereTheStoreIsDamagedTooNothingIsTouched() throws IOException {
        Path store = index.resolve(LiveSegments.STORE_NAME);
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("MANIFEST"))
                    .toList()) {
                Files.delete(file);
            }
        }
        List<byte[]> before = new ArrayList<>();
        for (Path file : files()) {
            before.add(Files.readAllBytes(file));
        }
        IndexFormatException refused = assertThrows(IndexFormatException.class, this::rebuild);
        assertTrue(refused.getMessage().contains(store.toString()), refused.getMessage());
        for (int i = 0; i < before.size(); i++) {
            assertTrue(
                    Arrays.equals(before.get(i), Files.readAllBytes(files().get(i))),
                    files().get(i).toString());
        }
    }

    @Test
    void anIndexThatIsOpenIsLeftAlone() throws IOException {
        try (IndexWriter writer = IndexWriter.open(index, LiveIndexes.MANUAL)) {
            assertThrows(IOException.class, this::rebuild);
            writer.write(List.of(LiveWrite.Delete.of("d9")));
            model.delete("d9");
        }
        assertWhole("after it was refused");
    }

    @Test
    void onesThatWereCutOffAreOpenedAsTheyWere() throws IOException {
        assertThrows(
                IllegalStateException.class,
                () -> IndexWriter.rebuild(index, LiveIndexes.restless(4), changes -> {
                    if (changes == DOCUMENTS / 2) {
                        throw new IllegalStateException("cut off");
                    }
                }));
        assertWhole("after a rebuild that failed");
    }
}
