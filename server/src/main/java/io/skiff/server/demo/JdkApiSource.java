package io.skiff.server.demo;

import io.skiff.server.demo.ApiParser.Source;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.InputRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The documented {@code java.*} API of a JDK, read from the sources it carries.
 *
 * <p>Files are parsed in batches, a few ahead of the reader, so that memory does not grow with the archive; the order
 * of the documents is that of the files' names all the same.
 */
public final class JdkApiSource implements DocumentSource {
    /** Where the running JDK has its sources, if it has them. */
    public static final Path ARCHIVE = Path.of(System.getProperty("java.home"), "lib", "src.zip");

    private static final int BATCH_FILES = 32;

    private final ZipFile zip;
    private final List<ZipEntry> files;
    private final ExecutorService parsers;
    private final int batchesAhead;
    private final Deque<Future<List<ApiDocument>>> batches = new ArrayDeque<>();
    private final Deque<ApiDocument> ready = new ArrayDeque<>();
    private int submitted;
    private int done;

    private JdkApiSource(ZipFile zip, List<ZipEntry> files, int threads) {
        this.zip = zip;
        this.files = files;
        this.batchesAhead = 2 * threads;
        this.parsers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("api-parser-", 0).factory());
    }

    /** The sources of the running JDK, if it carries them. */
    public static Optional<Path> archive() {
        return Files.isReadable(ARCHIVE) ? Optional.of(ARCHIVE) : Optional.empty();
    }

    /**
     * Reads an archive of {@code module/package/Type.java}, as {@code src.zip} is.
     *
     * @param packages which packages to read of those named {@code java.*} that their modules export to everybody
     * @throws IOException if it is no archive or cannot be read
     */
    public static JdkApiSource open(Path archive, Predicate<String> packages) throws IOException {
        ZipFile zip = new ZipFile(archive.toFile());
        try {
            List<ZipEntry> files = publicFiles(zip, packages);
            return new JdkApiSource(zip, files, Runtime.getRuntime().availableProcessors());
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static List<ZipEntry> publicFiles(ZipFile zip, Predicate<String> packages) throws IOException {
        Map<String, Set<String>> exports = new HashMap<>();
        List<ZipEntry> files = new ArrayList<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String path = entry.getName();
            int moduleEnd = path.indexOf('/');
            int packageEnd = path.lastIndexOf('/');
            if (!path.endsWith(".java") || !path.startsWith("java/", moduleEnd + 1)) {
                continue;
            }
            String module = path.substring(0, moduleEnd);
            if (!exports.containsKey(module)) {
                exports.put(module, exportedPackages(zip, module));
            }
            String packageName = path.substring(moduleEnd + 1, packageEnd).replace('/', '.');
            if (exports.get(module).contains(packageName) && packages.test(packageName)) {
                files.add(entry);
            }
        }
        files.sort(Comparator.comparing(ZipEntry::getName));
        return files;
    }

    private static Set<String> exportedPackages(ZipFile zip, String module) throws IOException {
        ZipEntry moduleInfo = zip.getEntry(module + "/module-info.java");
        return moduleInfo == null ? Set.of() : ApiParser.exportedPackages(read(zip, moduleInfo));
    }

    private static Source read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new Source(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public Optional<InputRecord> next() throws IOException {
        while (ready.isEmpty()) {
            while (batches.size() < batchesAhead && submitted < files.size()) {
                List<ZipEntry> batch = files.subList(submitted, Math.min(submitted + BATCH_FILES, files.size()));
                batches.add(parsers.submit(() -> parse(batch)));
                submitted += batch.size();
            }
            if (batches.isEmpty()) {
                return Optional.empty();
            }
            ready.addAll(finished(batches.remove()));
            done = Math.min(done + BATCH_FILES, files.size());
        }
        return Optional.of(ready.remove().toRecord());
    }

    private List<ApiDocument> parse(List<ZipEntry> batch) throws IOException {
        List<Source> sources = new ArrayList<>(batch.size());
        for (ZipEntry entry : batch) {
            sources.add(read(zip, entry));
        }
        return ApiParser.documents(sources);
    }

    private List<ApiDocument> finished(Future<List<ApiDocument>> batch) throws IOException {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            throw new IOException(zip.getName() + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + zip.getName(), e);
        }
    }

    @Override
    public long position() {
        return done;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(files.size());
    }

    @Override
    public String unit() {
        return "files";
    }

    @Override
    public void close() throws IOException {
        parsers.shutdownNow();
        zip.close();
    }
}
