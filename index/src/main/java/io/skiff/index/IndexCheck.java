package io.skiff.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads every byte of an index and verifies every checksum and invariant. */
public final class IndexCheck {
    private IndexCheck() {}

    /**
     * What was found.
     *
     * @param problems one line each, naming the file; empty when all is sound
     * @param filesRead files that were verified
     * @param bytesRead bytes that were read
     */
    public record Report(List<String> problems, int filesRead, long bytesRead) {
        /** Copies the list. */
        public Report {
            problems = List.copyOf(problems);
        }

        /** Whether nothing was wrong. */
        public boolean isSound() {
            return problems.isEmpty();
        }
    }

    /**
     * Checks an index.
     *
     * @param progress told the bytes read so far, now and then
     * @throws IOException if the directory cannot be read at all
     */
    public static Report run(Path directory, LongConsumer progress) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
