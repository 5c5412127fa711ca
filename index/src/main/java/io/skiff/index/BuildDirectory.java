package io.skiff.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The hidden folder beside an index in which it, or what it is to get, is built, and how that becomes the index.
 *
 * <pre>
 *   parent/.NAME.building-123/building.lock, segment files, manifest
 *      |
 *      |  nothing there yet: the folder is renamed to NAME
 *      |  an index there:    segment files are moved into it, then the manifest replaces the old one,
 *      v                     then the segment files that only the old manifest named are removed
 *   parent/NAME/segment files, manifest
 * </pre>
 *
 * <p>Either way one rename makes the change: before it the old index, or none, is there whole, after it the new one. A
 * folder whose lock nobody holds was left by a crash; the next build of the same name removes it.
 */
final class BuildDirectory implements Closeable {
    /** What a build is for. */
    enum Use {
        /** An index where there must be nothing. */
        CREATE,
        /** An index where there may be another. */
        REPLACE,
        /** Changes of an index that is there, and is locked by the caller. */
        EDIT
    }

    private static final String LOCK_NAME = "building.lock";

    // The folders of this process. Their locks must not be tried: closing the second channel would free the lock.
    private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();

    private final Path target;
    private final Use use;
    private final Path path;
    private final FileChannel lock;
    private final AtomicInteger folderCount = new AtomicInteger();
    private boolean published;

    private BuildDirectory(Path target, Use use, Path path, FileChannel lock) {
        this.target = target;
        this.use = use;
        this.path = path;
        this.lock = lock;
    }

    /** Verifies that {@code directory} may be written, removes what crashed builds of it left, and starts anew. */
    static BuildDirectory create(Path directory, Use use) throws IOException {
        Path absolute = Files.isDirectory(directory)
                ? directory.toRealPath()
                : directory.toAbsolutePath().normalize();
        verifyTarget(absolute, use);
        Path parent = Files.createDirectories(absolute.getParent());
        String prefix = "." + absolute.getFileName() + ".building-";
        removeAbandoned(parent, prefix);
        // Not a temporary directory, which only its owner may read, since this one becomes the index.
        Path path = parent.resolve(prefix + UUID.randomUUID());
        LIVE.add(path);
        Files.createDirectory(path);
        FileChannel lock =
                FileChannel.open(path.resolve(LOCK_NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            throw new IOException(path + " was locked by another process as soon as it was made");
        }
        return new BuildDirectory(absolute, use, path, lock);
    }

    private static void verifyTarget(Path target, Use use) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (use == Use.CREATE) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "it exists; choose another directory, or replace it (--force)");
        }
        if (use != Use.EDIT && !IndexReader.isIndex(target)) {
            throw new IOException(target + " is no Skiff index (it has no file " + FileKind.MANIFEST_NAME
                    + "), so it is not replaced; remove it yourself or choose another directory");
        }
        if (use == Use.REPLACE && LiveSegments.isLive(target)) {
            throw new IOException(
                    target + " is a live index with documents of its own, so it is not replaced; remove it"
                            + " yourself or choose another directory");
        }
    }

    private static void removeAbandoned(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                parent, entry -> entry.getFileName().toString().startsWith(prefix) && Files.isDirectory(entry))) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        if (LIVE.contains(folder)) {
            return false;
        }
        try (FileChannel lock = FileChannel.open(folder.resolve(LOCK_NAME), StandardOpenOption.WRITE)) {
            return lock.tryLock() != null;
        } catch (NoSuchFileException e) {
            // The lock is made first and goes last, so an empty folder is just being made by another process.
            try (Stream<Path> files = Files.list(folder)) {
                return files.findAny().isPresent();
            }
        }
    }

    /** Where to write. */
    Path path() {
        return path;
    }

    /** A new folder in this one, for the files of a segment until it is whole. */
    Path newFolder() throws IOException {
        return Files.createDirectory(path.resolve("segment-" + folderCount.getAndIncrement()));
    }

    /** Takes the sealed files of a segment out of their folder. */
    void take(Path folder, SegmentInfo segment) throws IOException {
        for (String name : segment.fileNames()) {
            Files.move(folder.resolve(name), path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Makes the files of a segment durable that were taken without. */
    void sync(SegmentInfo segment) throws IOException {
        for (FileInfo file : segment.files()) {
            String name = file.kind().fileName(segment.id());
            Path here = path.resolve(name);
            // A commit that failed half-way may have moved it already.
            Path there = Files.exists(here) ? here : target.resolve(name);
            try (FileChannel channel = FileChannel.open(there, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /** Has the same file here as elsewhere, durably; a copy if the file system has no links, or is another. */
    void link(Path file) throws IOException {
        Path here = path.resolve(file.getFileName());
        try {
            Files.createLink(here, file);
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.copy(file, here);
            try (FileChannel channel = FileChannel.open(here, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /** Removes files of segments that were never part of the index. */
    void discard(List<SegmentInfo> segments) throws IOException {
        for (SegmentInfo segment : segments) {
            for (String name : segment.fileNames()) {
                Files.deleteIfExists(path.resolve(name));
            }
        }
    }

    /** Makes what was written the index; ends the build. */
    void publish(Manifest manifest) throws IOException {
        verifyTarget(target, use);
        sync(path);
        if (Files.exists(target)) {
            try (WriterLock _ = WriterLock.acquire(target)) {
                moveInto(manifest);
            }
            published = true;
            release();
            remove(path);
        } else {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            published = true;
            Files.delete(target.resolve(LOCK_NAME));
            release();
        }
        sync(target);
        sync(target.getParent());
    }

    /** Makes what was written part of the index, whose lock the caller holds; the build goes on. */
    void update(Manifest manifest) throws IOException {
        sync(path);
        moveInto(manifest);
    }

    /** Files that are here are moved, the others of the manifest are there already. */
    private void moveInto(Manifest manifest) throws IOException {
        Set<String> current = manifest.fileNames();
        for (String name : current) {
            if (Files.exists(path.resolve(name))) {
                move(name);
            }
        }
        sync(target);
        move(FileKind.MANIFEST_NAME);
        sync(target);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (FileKind.isSegmentFileName(name) && !current.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    private void move(String name) throws IOException {
        Files.move(path.resolve(name), target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** If nothing was published, removes what was written. */
    @Override
    public void close() throws IOException {
        if (!published && lock.isOpen()) {
            release();
            remove(path);
        }
    }

    private void release() throws IOException {
        lock.close();
        LIVE.remove(path);
    }

    /** Removes a folder and what is in it, unless it is gone already. */
    static void removeIfThere(Path folder) throws IOException {
        if (Files.exists(folder)) {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    remove(file);
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(folder);
    }

    /** Makes renames in a folder durable; Windows can neither do nor needs that. */
    private static void sync(Path folder) throws IOException {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
