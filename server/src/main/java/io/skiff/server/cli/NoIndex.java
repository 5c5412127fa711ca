package io.skiff.server.cli;

import io.skiff.index.live.IndexWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what stands where an index was asked for. */
final class NoIndex {
    private NoIndex() {}

    /** A failure that names what a directory is, which is no index. */
    static IOException at(Path directory) {
        String what;
        if (IndexWriter.hasStore(directory)) {
            what = "has a document store, but no manifest; 'skiff rebuild' builds the index again from it";
        } else {
            what = Files.isDirectory(directory) ? "is a directory, but not an index" : "no such directory";
        }
        return new IOException(directory + ": " + what);
    }
}
