package io.skiff.server.snapshot;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.DurableFiles;
import io.skiff.server.collection.LiveIndex;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Snapshots in one folder. One process at a time makes them in it.
 *
 * @param folder where; made with the first snapshot
 */
public record SnapshotRepository(Path folder) {
    private static final String INDICES = "indices";
    private static final String ASIDE = ".aside-";

    /** What this process has aside; all else aside was left by one that was killed. */
    private static final String OWN_ASIDE = ASIDE + UUID.randomUUID() + "-";

    /** The snapshots, the oldest first. */
    public List<SnapshotInfo> list() throws IOException {
        List<SnapshotInfo> snapshots = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> folders = Files.list(folder)) {
                for (Path each : (Iterable<Path>) folders::iterator) {
                    boolean hidden = each.getFileName().toString().startsWith(".");
                    if (!hidden && Files.exists(each.resolve(SnapshotInfo.FILE))) {
                        snapshots.add(SnapshotInfo.read(each));
                    }
                }
            }
        }
        snapshots.sort(Comparator.comparingLong(SnapshotInfo::startMillis).thenComparing(SnapshotInfo::name));
        return snapshots;
    }

    /** The snapshot of a name. */
    public Optional<SnapshotInfo> find(String name) throws IOException {
        return list().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Copies indexes as they are now, each by itself.
     *
     * @param name a plain one for a folder
     * @throws FileAlreadyExistsException if there is a snapshot of that name
     */
    public SnapshotInfo create(String name, List<LiveIndex> indexes) throws IOException {
        long start = System.currentTimeMillis();
        Path place = folder.resolve(name);
        if (Files.exists(place)) {
            throw new FileAlreadyExistsException(name);
        }
        removeLeftovers();
        Path aside = aside();
        try {
            Files.createDirectories(aside.resolve(INDICES));
            for (LiveIndex index : indexes) {
                index.snapshotTo(aside.resolve(INDICES).resolve(index.name()));
            }
            SnapshotInfo info = new SnapshotInfo(
                    name,
                    UUID.randomUUID().toString(),
                    indexes.stream().map(LiveIndex::name).toList(),
                    start,
                    System.currentTimeMillis());
            DurableFiles.sync(aside.resolve(INDICES));
            DurableFiles.write(aside.resolve(SnapshotInfo.FILE), info.toBytes());
            DurableFiles.move(aside, place);
            return info;
        } finally {
            DurableFiles.delete(aside);
        }
    }

    private Path aside() {
        return folder.resolve(OWN_ASIDE + UUID.randomUUID());
    }

    private void removeLeftovers() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path each : (Iterable<Path>) folders::iterator) {
                String name = each.getFileName().toString();
                if (name.startsWith(ASIDE) && !name.startsWith(OWN_ASIDE)) {
                    DurableFiles.delete(each);
                }
            }
        }
    }

    /** Removes a snapshot; false if it is not there. */
    public boolean delete(String name) throws IOException {
        if (find(name).isEmpty()) {
            return false;
        }
        Path aside = aside();
        DurableFiles.move(folder.resolve(name), aside);
        DurableFiles.delete(aside);
        return true;
    }

    /**
     * Makes an index of a snapshot's.
     *
     * @param index one that the snapshot holds
     * @param name that it gets
     * @throws FileAlreadyExistsException if there is an index of that name
     */
    public void restore(Collections collections, String snapshot, String index, String name) throws IOException {
        collections.addCopy(name, folder.resolve(snapshot).resolve(INDICES).resolve(index));
    }
}
