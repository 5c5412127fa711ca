package io.skiff.server.rest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What may be written, and where.
 *
 * @param autoCreateIndex whether the first document for an index that is not there makes it
 * @param snapshotFolder below which repositories of snapshots may be; without one there can be none
 */
public record WriteOptions(boolean autoCreateIndex, Optional<Path> snapshotFolder) {
    /** Indexes are made as needed, and there are no snapshots. */
    public static final WriteOptions DEFAULT = new WriteOptions(true, Optional.empty());
}
