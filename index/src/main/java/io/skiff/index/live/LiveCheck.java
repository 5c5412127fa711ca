package io.skiff.index.live;

import io.skiff.index.IndexCheck;
import io.skiff.index.IndexReader;
import io.skiff.index.LiveSegments;
import io.skiff.index.SegmentReader;
import io.skiff.index.Verification;
import io.skiff.index.store.Change;
import io.skiff.index.store.StoreCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Verifies a live index: its segments, its document store, and that both have the same documents. Beside a writer it may
 * tell of differences that are none.
 */
public final class LiveCheck {
    private static final int MAX_PROBLEMS = 20;

    private final Path directory;
    private final IndexReader reader;
    private final long upTo;
    private final List<String> problems = new ArrayList<>();
    private long places;

    private LiveCheck(Path directory, IndexReader reader) {
        this.directory = directory;
        this.reader = reader;
        this.upTo = reader.sequenceNumber().orElse(-1);
    }

    /**
     * Checks a live index.
     *
     * @param progress told the bytes of segments read so far, now and then
     * @throws IOException if the directory cannot be read at all, or is no index
     */
    public static IndexCheck.Report run(Path directory, LongConsumer progress) throws IOException {
        IndexCheck.Report report = IndexCheck.run(directory, progress);
        Path store = directory.resolve(LiveSegments.STORE_NAME);
        List<String> problems = new ArrayList<>(report.problems());
        problems.addAll(StoreCheck.check(store));
        if (problems.isEmpty()) {
            try (IndexReader reader = IndexReader.open(directory, Verification.METADATA)) {
                LiveCheck check = new LiveCheck(directory, reader);
                check.compare(store);
                problems.addAll(check.problems);
            }
        }
        return new IndexCheck.Report(problems, report.filesRead(), report.bytesRead());
    }

    private void compare(Path store) throws IOException {
        try {
            long last = StoreCheck.forEach(store, this::compare);
            if (upTo > last) {
                problem("the segments have changes up to number " + upTo + ", the document store up to " + last);
            }
        } catch (UncheckedIOException e) {
            problem(e.getCause().getMessage());
        }
        if (problems.isEmpty() && places != reader.liveDocumentCount()) {
            problem("the segments have " + reader.liveDocumentCount() + " documents, of which the document store knows "
                    + places);
        }
    }

    private void compare(Change change) {
        int found = 0;
        boolean isSame = true;
        for (SegmentReader segment : reader.segments()) {
            int docId = segment.docId(change.id());
            if (docId >= 0 && segment.isLive(docId)) {
                found++;
                isSame &=
                        change instanceof Change.Stored stored && Arrays.equals(stored.source(), segment.source(docId));
            }
        }
        places += found;
        // What was changed later is as it was in the segments, or not there.
        boolean isLater = change.revision().sequenceNumber() > upTo;
        int expected = change instanceof Change.Stored ? 1 : 0;
        if (isLater ? found > 1 : found != expected || !isSame) {
            problem("document '" + change.id() + "', last changed as number "
                    + change.revision().sequenceNumber() + ", is " + found + " times in the segments, expected "
                    + expected + (isSame ? "" : ", or has another source there"));
        }
    }

    private void problem(String what) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(directory + ": " + what);
        }
    }
}
