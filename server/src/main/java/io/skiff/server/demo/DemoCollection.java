package io.skiff.server.demo;

import io.skiff.server.ingest.DocumentSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a demo indexes.
 *
 * @param name the index's name
 * @param description what it is, for people
 * @param key changes when the documents do; an index of another key is not this collection's
 * @param sampleQuery a question that it answers, if one is known
 * @param opener opens its documents
 */
public record DemoCollection(String name, String description, String key, Optional<String> sampleQuery, Opener opener) {
    /** Part of every key: raised when the documents made from the same files change. */
    private static final int VERSION = 1;

    /** Where the project's own documents lie: in its root and in the folder of each module. */
    private static final int OWN_DOCUMENTS_DEPTH = 2;

    private static final Set<String> OWN_DOCUMENTS = Set.of(".md");

    /** The same documents, indexed by a model too: an index of another key. */
    public DemoCollection withModel(Path folder, String fingerprint) {
        String modelName = folder.toAbsolutePath().normalize().getFileName().toString();
        return new DemoCollection(
                name,
                description + ", with BM25 and the model '" + modelName + "'",
                key + " " + fingerprint,
                sampleQuery,
                opener);
    }

    /** Opens the documents from their beginning. */
    @FunctionalInterface
    public interface Opener {
        /** Opens the documents from their beginning. */
        DocumentSource open() throws IOException;
    }

    /** The API documentation of the running JDK, if it carries its sources. */
    public static Optional<DemoCollection> ofJdk() {
        return JdkApiSource.archive().map(archive -> {
            String version = Runtime.version().toString();
            return new DemoCollection(
                    "jdk",
                    "the java.* API documentation of JDK " + version + ", read from " + archive,
                    "jdk v" + VERSION + " " + version + " " + archive + " " + size(archive),
                    Optional.of("run a task after a delay"),
                    () -> JdkApiSource.open(archive, packageName -> true));
        });
    }

    /**
     * A folder of text, Markdown and JSON lines.
     *
     * @throws IOException if it is no folder or holds none of them
     */
    public static DemoCollection ofFolder(Path folder) throws IOException {
        return ofFiles("docs", folder, Integer.MAX_VALUE, FolderSource.ENDINGS, Optional.empty());
    }

    /**
     * The documents of this project, found beside the program that runs.
     *
     * @throws IOException if they are not there
     */
    public static DemoCollection ofOwnDocuments() throws IOException {
        return ofFiles(
                "skiff",
                projectRoot(),
                OWN_DOCUMENTS_DEPTH,
                OWN_DOCUMENTS,
                Optional.of("which files does an index consist of"));
    }

    private static DemoCollection ofFiles(
            String name, Path folder, int depth, Set<String> endings, Optional<String> sampleQuery) throws IOException {
        Map<String, BasicFileAttributes> files = FolderSource.files(folder, depth, endings);
        return new DemoCollection(
                name,
                files.size() + (files.size() == 1 ? " file" : " files") + " in " + folder,
                name + " v" + VERSION + " " + folder.toRealPath() + " " + fingerprint(files),
                sampleQuery,
                () -> FolderSource.open(folder, depth, endings));
    }

    private static Path projectRoot() throws IOException {
        Path program;
        try {
            program = Path.of(DemoCollection.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell where Skiff is installed", e);
        }
        for (Path folder = program; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("README.md")) && Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IOException("no documents found beside " + program + "; name a folder of yours with --docs");
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fingerprint(Map<String, BasicFileAttributes> files) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        files.forEach((path, attributes) -> {
            String line = path + '\t' + attributes.size() + '\t' + attributes.lastModifiedTime() + '\n';
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
