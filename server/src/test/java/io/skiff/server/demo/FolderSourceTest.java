package io.skiff.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.ingest.BadInputException;
import io.skiff.server.ingest.InputRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FolderSourceTest {
    @TempDir
    Path folder;

    private void file(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private FolderSource open() throws IOException {
        return FolderSource.open(folder, Integer.MAX_VALUE, FolderSource.ENDINGS);
    }

    private static List<InputRecord> all(FolderSource source) throws IOException {
        List<InputRecord> records = new ArrayList<>();
        for (Optional<InputRecord> next = source.next(); next.isPresent(); next = source.next()) {
            records.add(next.get());
        }
        return records;
    }

    private List<String> ids() throws IOException {
        try (FolderSource source = open()) {
            return all(source).stream().map(InputRecord::id).toList();
        }
    }

    @Test
    void walksInTheOrderOfPathsAndPassesOverWhatIsHiddenOrOther() throws IOException {
        file("b.md", "# One\ntext");
        file("a/z.txt", "text");
        file("a/b/c.JSONL", "{\"_id\": \"7\", \"text\": \"x\"}\n\n{\"_id\": 8, \"title\": \"t\", \"text\": \"y\"}\n");
        file(".git/x.md", "# Hidden");
        file(".hidden.md", "# Hidden");
        file("picture.png", "no text");
        try (FolderSource source = open()) {
            assertEquals(OptionalLong.of(3), source.length());
            assertEquals(0, source.position());
            List<InputRecord> records = all(source);
            assertEquals(
                    List.of("a/b/c.JSONL#7", "a/b/c.JSONL#8", "a/z.txt#1", "b.md#one"),
                    records.stream().map(InputRecord::id).toList());
            assertEquals("t y", records.get(1).text());
            assertTrue(
                    records.get(1).location().endsWith("c.JSONL:3"),
                    records.get(1).location());
            assertEquals(3, source.position());
        }
    }

    @Test
    void depthAndEndingsLimitWhatIsRead() throws IOException {
        file("a.md", "text");
        file("b.txt", "text");
        file("c/d.md", "text");
        file("c/e/f.md", "text");
        try (FolderSource source = FolderSource.open(folder, 2, Set.of(".md"))) {
            assertEquals(
                    List.of("a.md", "c/d.md"),
                    all(source).stream().map(InputRecord::id).toList());
        }
    }

    @Test
    void storesTitleTextAndPath() throws IOException {
        file("a/guide.md", "# Guide\n\n## Install\n\nRun `./skiff`.");
        try (FolderSource source = open()) {
            InputRecord install = all(source).get(1);
            JsonNode stored = JsonMapper.shared().readTree(install.source());
            assertEquals("Guide > Install", stored.get("title").asString());
            assertEquals("a/guide.md", stored.get("path").asString());
            assertEquals("Run ./skiff.", stored.get("text").asString());
            assertEquals("a/guide.md:3", install.location());
        }
    }

    @Test
    void filesThatAreNoTextAreSkippedAndCounted() throws IOException {
        Files.write(folder.resolve("latin1.txt"), new byte[] {'a', (byte) 0xe9, 'b'});
        Files.write(folder.resolve("binary.md"), new byte[] {'a', 0, 'b'});
        file("good.txt", "text");
        try (FolderSource source = open()) {
            assertEquals(
                    List.of("good.txt#1"),
                    all(source).stream().map(InputRecord::id).toList());
            assertEquals(2, source.skippedCount());
        }
    }

    @Test
    void aBadLineNamesFileAndLineAndTheNextOneIsRead() throws IOException {
        file(
                "a.jsonl",
                "{\"_id\": \"1\"\n{\"text\": \"no id\"}\n{\"_id\": \"3\"}\n[]\n{\"_id\": \"5\", \"text\": \"x\"}\n");
        try (FolderSource source = open()) {
            for (int line = 1; line <= 4; line++) {
                String where = "a.jsonl:" + line + ": ";
                String message =
                        assertThrows(BadInputException.class, source::next).getMessage();
                assertTrue(message.contains(where), message);
            }
            assertEquals("a.jsonl#5", source.next().orElseThrow().id());
            assertTrue(source.next().isEmpty());
        }
    }

    @Test
    void aFolderWithoutDocumentsIsAnError() throws IOException {
        file("picture.png", "no text");
        assertTrue(assertThrows(IOException.class, this::ids).getMessage().contains(".jsonl, .md, .txt"));
        Path missing = folder.resolve("missing");
        assertThrows(NoSuchFileException.class, () -> FolderSource.open(missing, 1, FolderSource.ENDINGS));
        Path file = folder.resolve("picture.png");
        assertThrows(NotDirectoryException.class, () -> FolderSource.open(file, 1, FolderSource.ENDINGS));
    }

    @Test
    void sectionsHaveHeadingPathsAndUniqueAnchors() {
        List<Passage> sections = MarkdownSections.of("""
                Opening words.

                # A *big* `Title`!
                Text of [a link](http://example.org).

                Setext
                ------
                ```
                # no heading
                ```
                ### Deep
                # Other
                ## Setext
                Again.
                """);
        assertEquals(
                List.of("", "a-big-title", "setext", "deep", "other", "setext-1"),
                sections.stream().map(Passage::anchor).toList());
        assertEquals("", sections.getFirst().title());
        assertEquals("Opening words.", sections.getFirst().text());
        assertEquals("A big Title! > Setext", sections.get(2).title());
        assertEquals("# no heading", sections.get(2).text());
        assertTrue(
                sections.get(3).title().endsWith("> Setext > Deep"),
                sections.get(3).title());
        assertEquals("Other > Setext", sections.get(5).title());
        assertEquals(13, sections.get(5).line());
        assertEquals(List.of(), MarkdownSections.of("\n\n"));
    }

    @Test
    void textIsCutBetweenParagraphsOrWithinAHugeOne() {
        String paragraph = "word ".repeat(90) + "end.\n\n";
        List<Passage> passages = TextPassages.of(paragraph.repeat(5));
        assertEquals(List.of("1", "2"), passages.stream().map(Passage::anchor).toList());
        assertEquals(1, passages.getFirst().line());
        assertEquals(7, passages.getLast().line());
        assertEquals(
                4,
                TextPassages.of("ten words a line are enough to make it long\n".repeat(160))
                        .size());
        assertEquals(List.of(), TextPassages.of(" \n\n"));
    }
}
