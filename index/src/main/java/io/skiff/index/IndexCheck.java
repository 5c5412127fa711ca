package io.skiff.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.collections.ObjectHashSet;

/** Reads every byte of an index and verifies every checksum and invariant. */
public final class IndexCheck {
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

    /** A part of the check that ends by returning or by saying what is wrong. */
    private interface Step {
        void run() throws IOException;
    }

    private final Path directory;
    private final LongConsumer progress;
    private final List<String> problems = new ArrayList<>();
    private final ObjectHashSet<String> ids = new ObjectHashSet<>();
    private final List<FieldCounts> fieldCounts = new ArrayList<>();
    private int filesRead;
    private long bytesRead;

    private IndexCheck(Path directory, LongConsumer progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * Checks an index.
     *
     * @param progress told the bytes read so far, now and then
     * @throws IOException if the directory cannot be read at all, or is no index
     */
    public static Report run(Path directory, LongConsumer progress) throws IOException {
        IndexReader.verifyIsIndex(directory);
        IndexCheck check = new IndexCheck(directory, progress);
        check.attempt(check::checkAll);
        return new Report(check.problems, check.filesRead, check.bytesRead);
    }

    private void checkAll() throws IOException {
        Manifest manifest = Manifest.read(directory);
        countFile(Files.size(directory.resolve(FileKind.MANIFEST_NAME)));
        for (SegmentInfo segment : manifest.segments()) {
            try (Arena arena = Arena.ofShared()) {
                checkSegment(segment, arena);
            }
        }
        if (problems.isEmpty()) {
            checkFields(manifest);
        }
    }

    private void checkSegment(SegmentInfo segment, Arena arena) throws IOException {
        int problemsBefore = problems.size();
        for (FileInfo recorded : segment.files()) {
            attempt(() -> checkFile(segment, recorded, recorded.kind().fileName(segment.id()), arena));
        }
        LiveDocsInfo liveDocs = segment.liveDocs();
        if (!liveDocs.isNone()) {
            attempt(() -> checkFile(segment, liveDocs.file(), liveDocs.fileName(segment.id()), arena));
        }
        // What a damaged file says is not worth following.
        if (problems.size() == problemsBefore) {
            attempt(() -> {
                SegmentReader reader = SegmentReader.open(directory, segment, Verification.METADATA, arena);
                SegmentInvariants invariants = new SegmentInvariants(reader);
                attempt(invariants::checkTerms);
                attempt(() -> fieldCounts.addAll(new PostingsCheck(reader).run()));
                attempt(() -> invariants.checkDocuments(ids));
                attempt(invariants::checkColumns);
            });
        }
    }

    private void checkFile(SegmentInfo segment, FileInfo recorded, String name, Arena arena) throws IOException {
        MappedFile file = MappedFile.open(directory.resolve(name), recorded.kind(), segment.id(), arena);
        file.verify(recorded);
        file.verifyPayload(bytes -> progress.accept(bytesRead += bytes));
        countFile(recorded.fileBytes() - file.payload().byteSize());
    }

    private void checkFields(Manifest manifest) {
        Path path = directory.resolve(FileKind.MANIFEST_NAME);
        for (FieldInfo field : manifest.fields()) {
            long documentCount = 0;
            long postingCount = 0;
            for (FieldCounts counts : fieldCounts) {
                if (counts.name().equals(field.name())) {
                    documentCount += counts.documentCount();
                    postingCount += counts.postingCount();
                }
            }
            if (documentCount != field.documentCount() || postingCount != field.postingCount()) {
                problems.add(path + " has " + field.documentCount() + " documents and " + field.postingCount()
                        + " postings of field '" + field.name() + "', its segments have " + documentCount + " and "
                        + postingCount);
            }
        }
        for (FieldCounts counts : fieldCounts) {
            if (manifest.fields().stream().noneMatch(field -> field.name().equals(counts.name()))) {
                problems.add(path + " does not name the field '" + counts.name() + "' of a segment");
            }
        }
    }

    private void attempt(Step step) throws IOException {
        try {
            step.run();
        } catch (IndexFormatException e) {
            problems.add(e.getMessage());
        } catch (NoSuchFileException e) {
            problems.add(e.getFile() + " is missing, though the manifest names it");
        } catch (UncheckedIOException e) {
            problems.add(e.getCause().getMessage());
        }
    }

    private void countFile(long bytes) {
        filesRead++;
        bytesRead += bytes;
        progress.accept(bytesRead);
    }
}
