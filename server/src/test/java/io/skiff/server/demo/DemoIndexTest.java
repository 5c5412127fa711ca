package io.skiff.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.Document;
import io.skiff.index.IndexBuilder;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIndexTest {
    @TempDir
    Path cache;

    @TempDir
    Path documents;

    @BeforeEach
    void oneDocument() throws IOException {
        Files.writeString(documents.resolve("a.md"), "# One\n");
    }

    private DemoIndex index() throws IOException {
        return new DemoIndex(cache, DemoCollection.ofFolder(documents));
    }

    private static void build(Path directory) throws IOException {
        try (IndexBuilder builder = IndexBuilder.create(directory, Map.of(), true)) {
            builder.add(Document.of("1", "text", SparseVector.of(Map.of("one", 1))));
            builder.commit();
        }
    }

    @Test
    void isKeptForTheNextStart() throws IOException {
        assertFalse(index().isCurrent());
        index().rebuild(DemoIndexTest::build);
        assertTrue(index().isCurrent());
        assertEquals(cache.resolve("docs"), index().dataFolder());
        assertEquals(cache.resolve("docs").resolve("docs"), index().directory());
    }

    @Test
    void isRebuiltWhenADocumentChangesComesOrGoes() throws IOException {
        Path first = documents.resolve("a.md");
        index().rebuild(DemoIndexTest::build);
        Files.writeString(first, "# Other\n");
        assertFalse(index().isCurrent(), "another size");

        index().rebuild(DemoIndexTest::build);
        Files.setLastModifiedTime(first, FileTime.fromMillis(0));
        assertFalse(index().isCurrent(), "another time");

        index().rebuild(DemoIndexTest::build);
        Path second = Files.writeString(documents.resolve("b.md"), "# Two\n");
        assertFalse(index().isCurrent(), "one more");

        index().rebuild(DemoIndexTest::build);
        Files.delete(second);
        assertFalse(index().isCurrent(), "one less");
    }

    @Test
    void isRebuiltWhenAnyOfItsFilesIsDamaged() throws IOException {
        index().rebuild(DemoIndexTest::build);
        try (Stream<Path> walk = Files.walk(index().directory())) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length == 0) {
                    continue;
                }
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
                assertFalse(index().isCurrent(), file.toString());
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
                assertTrue(index().isCurrent(), file.toString());
            }
        }
    }

    @Test
    void aBuildThatFailsLeavesNothingThatLooksCurrent() throws IOException {
        index().rebuild(DemoIndexTest::build);
        IOException failure = new IOException("disk full");
        assertEquals(
                failure,
                assertThrows(
                        IOException.class,
                        () -> index().rebuild(directory -> {
                            throw failure;
                        })));
        assertFalse(index().isCurrent());
    }

    @Test
    void theJdkIsKeyedByItsVersion() {
        Optional<DemoCollection> jdk = DemoCollection.ofJdk();
        assertEquals(JdkApiSource.archive().isPresent(), jdk.isPresent());
        jdk.ifPresent(collection ->
                assertTrue(collection.key().contains(Runtime.version().toString()), collection.key()));
    }

    @Test
    void theProjectsOwnDocumentsAreFound() throws IOException {
        DemoCollection own = DemoCollection.ofOwnDocuments();
        try (var source = own.opener().open()) {
            assertTrue(source.next().isPresent());
        }
    }
}
