package io.skiff.server.demo;

import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.InputFormat;
import io.skiff.server.ingest.InputRecord;
import io.skiff.server.ingest.LineSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The documents of a folder: sections of Markdown ({@code .md}), passages of text ({@code .txt}), lines of JSON
 * ({@code .jsonl}), in the order of the files' paths.
 *
 * <p>Hidden files and folders and links are passed over. Files of Markdown and text that are not UTF-8, hold a NUL, or
 * are larger than {@value #MAX_TEXT_FILE_BYTES} bytes are skipped and counted; JSON lines are streamed, at any size, and their ids are
 * preceded by the file's path.
 */
public final class FolderSource implements DocumentSource {
    /** Largest file of Markdown or text that is read. */
    public static final long MAX_TEXT_FILE_BYTES = 32 << 20;

    /** Every kind of file that is read, by the end of its name. */
    public static final Set<String> ENDINGS = Set.of(".md", ".txt", ".jsonl");

    private final Path folder;
    private final Deque<String> remaining;
    private final int fileCount;
    private final Deque<InputRecord> ready = new ArrayDeque<>();
    private String linesPath;
    private LineSource lines;
    private int skippedCount;

    private FolderSource(Path folder, List<String> files) {
        this.folder = folder;
        this.remaining = new ArrayDeque<>(files);
        this.fileCount = files.size();
    }

    /**
     * Reads a folder.
     *
     * @param depth how deep files may lie: 1 is in the folder itself
     * @param endings which of {@link #ENDINGS} to read
     * @throws IOException if it is no folder, cannot be read, or holds no such file
     */
    public static FolderSource open(Path folder, int depth, Set<String> endings) throws IOException {
        return new FolderSource(
                folder, List.copyOf(files(folder, depth, endings).keySet()));
    }

    /** The files that {@link #open} reads, by their path with slashes. */
    static Map<String, BasicFileAttributes> files(Path folder, int depth, Set<String> endings) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "expected a folder of documents");
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        Map<String, BasicFileAttributes> files = new TreeMap<>();
        Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean isHidden = !directory.equals(folder) && isHidden(directory);
                return isHidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isHidden(file) && endings.contains(ending(file.toString()))) {
                    files.put(folder.relativize(file).toString().replace('\\', '/'), attributes);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (files.isEmpty()) {
            throw new IOException(folder + ": no file ends in " + String.join(", ", new TreeSet<>(endings)));
        }
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static String ending(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(dot).toLowerCase(Locale.ROOT);
    }

    /** Files passed over so far because they are no text or too large. */
    public int skippedCount() {
        return skippedCount;
    }

    @Override
    public Optional<InputRecord> next() throws IOException {
        while (true) {
            if (lines != null) {
                Optional<InputRecord> record = nextLine();
                if (record.isPresent()) {
                    return record;
                }
            } else if (!ready.isEmpty()) {
                return Optional.of(ready.remove());
            } else if (remaining.isEmpty()) {
                return Optional.empty();
            } else {
                read(remaining.remove());
            }
        }
    }

    private Optional<InputRecord> nextLine() throws IOException {
        Optional<InputRecord> record = lines.next();
        if (record.isEmpty()) {
            lines.close();
            lines = null;
        }
        // Two files may use the same ids.
        return record.map(line -> new InputRecord(
                linesPath + "#" + line.id(),
                line.text(),
                line.modelText(),
                line.vector(),
                line.source(),
                line.location()));
    }

    private void read(String path) throws IOException {
        Path file = folder.resolve(path);
        String ending = ending(path);
        if (ending.equals(".jsonl")) {
            lines = LineSource.open(List.of(file.toString()), Optional.of(InputFormat.BEIR))
                    .source();
            linesPath = path;
            return;
        }
        Optional<String> content = content(file);
        if (content.isEmpty()) {
            skippedCount++;
            return;
        }
        List<Passage> passages =
                ending.equals(".md") ? MarkdownSections.of(content.get()) : TextPassages.of(content.get());
        for (Passage passage : passages) {
            ready.add(passage.toRecord(path));
        }
    }

    /** The file's text, or empty if it is none. */
    private static Optional<String> content(Path file) throws IOException {
        if (Files.size(file) > MAX_TEXT_FILE_BYTES) {
            return Optional.empty();
        }
        try {
            String content = Files.readString(file);
            return content.indexOf('\0') < 0 ? Optional.of(content) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public long position() {
        boolean isOpen = lines != null || !ready.isEmpty();
        int begun = fileCount - remaining.size();
        return isOpen ? begun - 1 : begun;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(fileCount);
    }

    @Override
    public String unit() {
        return "files";
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
