package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One immutable segment: its terms, their impact-ordered postings, and its documents by docId.
 *
 * <p>A term is a token of a field. TermIds and docIds are dense and start at 0 in every segment. Where data that was
 * not verified at open turns out to be damaged, methods throw an {@link UncheckedIOException} that names the
 * file.
 */
public final class SegmentReader {
    private final int documentCount;
    private final TermDictionary terms;
    private final MappedFile postingsFile;
    private final MemorySegment postings;
    private final BlockMaxReader blockMax;
    private final MappedFile blockRecordsFile;
    private final EntriesReader identifiers;
    private final EntriesReader sources;
    private final IdSlots idSlots;
    private final MemorySegment liveDocs;
    private final int liveCount;

    private SegmentReader(
            SegmentInfo segment,
            TermDictionary terms,
            MappedFile postingsFile,
            BlockMaxReader blockMax,
            MappedFile blockRecordsFile,
            EntriesReader identifiers,
            EntriesReader sources,
            IdSlots idSlots,
            MemorySegment liveDocs) {
        this.documentCount = segment.documentCount();
        this.liveCount = segment.liveCount();
        this.terms = terms;
        this.postingsFile = postingsFile;
        this.postings = postingsFile == null ? null : postingsFile.payload();
        this.blockMax = blockMax;
        this.blockRecordsFile = blockRecordsFile;
        this.identifiers = identifiers;
        this.sources = sources;
        this.idSlots = idSlots;
        this.liveDocs = liveDocs;
    }

    /** Maps the files of a segment and verifies their frames and the terms. */
    static SegmentReader open(Path directory, SegmentInfo segment, Arena arena) throws IOException {
        MappedFile terms = map(directory, segment, FileKind.TERMS, arena);
        terms.verifyPayload(bytes -> {});
        TermDictionary dictionary = new TermDictionary(terms);
        int documentCount = segment.documentCount();
        MappedFile blockRecords = segment.file(FileKind.BLOCKTERMS) == null
                ? null
                : map(directory, segment, FileKind.BLOCKRECORDS, arena);
        EntriesReader identifiers =
                new EntriesReader(map(directory, segment, FileKind.IDENTIFIERS, arena), documentCount);
        return new SegmentReader(
                segment,
                dictionary,
                openPostings(directory, segment, arena),
                blockRecords == null
                        ? null
                        : openBlockMax(directory, segment, dictionary.termCount(), blockRecords.payload(), arena),
                blockRecords,
                identifiers,
                new EntriesReader(map(directory, segment, FileKind.SOURCES, arena), documentCount),
                new IdSlots(map(directory, segment, FileKind.IDSLOTS, arena), documentCount, identifiers),
                LiveDocs.map(directory, segment, arena));
    }

    /** The impact-ordered postings, or null if the segment has none, and block records instead. */
    private static MappedFile openPostings(Path directory, SegmentInfo segment, Arena arena) throws IOException {
        if (segment.file(FileKind.POSTINGS) == null && segment.file(FileKind.BLOCKTERMS) != null) {
            return null;
        }
        MappedFile file = map(directory, segment, FileKind.POSTINGS, arena);
        if (file.payload().byteSize() < PartLayout.TAIL_BYTES) {
            throw file.damaged("has a payload of " + file.payload().byteSize() + " bytes, expected "
                    + PartLayout.TAIL_BYTES + " or more");
        }
        return file;
    }

    private static BlockMaxReader openBlockMax(
            Path directory, SegmentInfo segment, int termCount, MemorySegment records, Arena arena) throws IOException {
        MappedFile terms = map(directory, segment, FileKind.BLOCKTERMS, arena);
        terms.verifyPayload(bytes -> {});
        MappedFile bounds = map(directory, segment, FileKind.BLOCKBOUNDS, arena);
        MappedFile offsets = map(directory, segment, FileKind.BLOCKOFFSETS, arena);
        offsets.verifyPayload(bytes -> {});
        try {
            return new BlockMaxReader(
                    terms.payload(), bounds.payload(), offsets.payload(), records, segment.documentCount(), termCount);
        } catch (IllegalArgumentException e) {
            throw terms.damaged("does not fit the other files of its segment: " + e.getMessage());
        }
    }

    private static MappedFile map(Path directory, SegmentInfo segment, FileKind kind, Arena arena) throws IOException {
        FileInfo recorded = segment.file(kind);
        if (recorded == null) {
            throw new IndexFormatException(directory.resolve(FileKind.MANIFEST_NAME) + " has no " + kind.lowerCaseName()
                    + " file for segment " + Long.toHexString(segment.id()));
        }
        MappedFile file = MappedFile.open(directory.resolve(kind.fileName(segment.id())), kind, segment.id(), arena);
        file.verify(recorded);
        return file;
    }

    /** Documents in the segment, deleted ones too; docIds are 0 to this, exclusive. */
    public int documentCount() {
        return documentCount;
    }

    /**
     * One bit per document, set unless it is deleted: bit {@code docId % 8} of byte {@code docId / 8}, so that a block of
     * 8 documents is one byte. Bits behind the last document are 0, and 8 bytes can be loaded at every byte that holds
     * documents. Null if nothing is deleted.
     */
    public MemorySegment liveDocs() {
        return liveDocs;
    }

    /** Documents that are not deleted. */
    public int liveCount() {
        return liveCount;
    }

    /** Whether a document is not deleted. */
    public boolean isLive(int docId) {
        Objects.checkIndex(docId, documentCount);
        return liveDocs == null
                || (liveDocs.get(ValueLayout.JAVA_BYTE, LiveDocsLayout.byteOffset(docId)) & LiveDocsLayout.mask(docId))
                        != 0;
    }

    /** The document of an external id, deleted or not, or -1. */
    public int docId(String externalId) {
        return idSlots.find(externalId);
    }

    /** Terms of all fields; termIds are 0 to this, exclusive. */
    public int termCount() {
        return terms.termCount();
    }

    /** The termId of a token in a field, or -1. */
    public int termId(String field, String token) {
        return terms.find(field, token);
    }

    /** The token of a term. */
    public String token(int termId) {
        return terms.token(termId);
    }

    /** The number of postings of a term. */
    public int documentFrequency(int termId) {
        return terms.documentFrequency(termId);
    }

    /** The largest impact of a term, 1..255. */
    public int largestImpact(int termId) {
        return terms.largestImpact(termId);
    }

    /**
     * Whether there are impact-ordered postings. If not, there are {@linkplain #blockMax() block records}, which have the
     * same postings by block.
     */
    public boolean hasPostings() {
        return postings != null;
    }

    /** The mapped postings that a {@link PostingsCursor} points into; null if there are none. */
    public MemorySegment postings() {
        return postings;
    }

    /** Bounds and records of blocks of documents; null if the segment, being small, has none. */
    public BlockMaxReader blockMax() {
        return blockMax;
    }

    /** What to throw where block-max structures say something impossible, which sound ones never do. */
    public UncheckedIOException blockMaxDamaged(RuntimeException cause) {
        UncheckedIOException damaged =
                blockRecordsFile.damagedWhileReading("or one of the block files beside it is damaged");
        damaged.addSuppressed(cause);
        return damaged;
    }

    /** What to throw where the postings of a term say something impossible, which sound ones never do. */
    public UncheckedIOException postingsDamaged(String what) {
        return (hasPostings() ? postingsFile : blockRecordsFile).damagedWhileReading(what);
    }

    /** Where the documents of a window of postings end, exclusive. */
    int windowEnd(int window) {
        return (int) Math.min(documentCount, (window + 1L) << PartLayout.WINDOW_SHIFT);
    }

    /** The external id of a document. */
    public String externalId(int docId) {
        return new String(identifiers.get(docId), StandardCharsets.UTF_8);
    }

    /** The stored source of a document, a fresh copy; empty if none was given. */
    public byte[] source(int docId) {
        return sources.get(docId);
    }

    TermDictionary terms() {
        return terms;
    }

    MappedFile termsFile() {
        return terms.file();
    }

    MappedFile blockRecordsFile() {
        return blockRecordsFile;
    }

    MappedFile postingsFile() {
        return postingsFile;
    }

    EntriesReader identifiers() {
        return identifiers;
    }

    EntriesReader sources() {
        return sources;
    }

    IdSlots idSlots() {
        return idSlots;
    }
}
