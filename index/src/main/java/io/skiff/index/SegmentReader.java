package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.columns.ColumnsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

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
    private final MappedFile columnsFile;
    private final ColumnsReader columns;
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
            MappedFile columnsFile,
            MemorySegment liveDocs)
            throws IndexFormatException {
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
        this.columnsFile = columnsFile;
        this.columns = columnsFile == null ? null : openColumns(columnsFile, documentCount);
        this.liveDocs = liveDocs;
    }

    private SegmentReader(SegmentReader other, MemorySegment liveDocs, int liveCount) {
        this.documentCount = other.documentCount;
        this.terms = other.terms;
        this.postingsFile = other.postingsFile;
        this.postings = other.postings;
        this.blockMax = other.blockMax;
        this.blockRecordsFile = other.blockRecordsFile;
        this.identifiers = other.identifiers;
        this.sources = other.sources;
        this.idSlots = other.idSlots;
        this.columnsFile = other.columnsFile;
        this.columns = other.columns;
        this.liveDocs = liveDocs;
        this.liveCount = liveCount;
    }

    /** The same segment with other documents deleted, as of now. */
    SegmentReader with(LiveDocs deleted) {
        return new SegmentReader(this, deleted.memory(), deleted.liveCount());
    }

    /** Maps and verifies the files of a segment. */
    static SegmentReader open(Path directory, SegmentInfo segment, Verification verification, Arena arena)
            throws IOException {
        SegmentMapper mapper = new SegmentMapper(directory, segment, verification, arena);
        TermDictionary dictionary = new TermDictionary(mapper.map(FileKind.TERMS));
        int documentCount = segment.documentCount();
        boolean hasBlockMax = segment.file(FileKind.BLOCKTERMS) != null;
        boolean hasPostings = !hasBlockMax || segment.file(FileKind.POSTINGS) != null;
        MappedFile blockRecords = hasBlockMax ? mapper.map(FileKind.BLOCKRECORDS) : null;
        EntriesReader identifiers = new EntriesReader(mapper.map(FileKind.IDENTIFIERS), documentCount);
        return new SegmentReader(
                segment,
                dictionary,
                hasPostings ? openPostings(mapper) : null,
                hasBlockMax ? openBlockMax(mapper, documentCount, dictionary.termCount(), blockRecords) : null,
                blockRecords,
                identifiers,
                new EntriesReader(mapper.map(FileKind.SOURCES), documentCount),
                new IdSlots(mapper.map(FileKind.IDSLOTS), documentCount, identifiers),
                segment.file(FileKind.COLUMNS) == null ? null : mapper.map(FileKind.COLUMNS),
                LiveDocs.map(directory, segment, arena));
    }

    private static MappedFile openPostings(SegmentMapper mapper) throws IOException {
        MappedFile file = mapper.map(FileKind.POSTINGS);
        if (file.payload().byteSize() < PartLayout.TAIL_BYTES) {
            throw file.damaged("has a payload of " + file.payload().byteSize() + " bytes, expected "
                    + PartLayout.TAIL_BYTES + " or more");
        }
        return file;
    }

    private static BlockMaxReader openBlockMax(
            SegmentMapper mapper, int documentCount, int termCount, MappedFile records) throws IOException {
        MappedFile terms = mapper.map(FileKind.BLOCKTERMS);
        MappedFile bounds = mapper.map(FileKind.BLOCKBOUNDS);
        MappedFile offsets = mapper.map(FileKind.BLOCKOFFSETS);
        try {
            return new BlockMaxReader(
                    terms.payload(),
                    bounds.payload(),
                    offsets.payload(),
                    records.payload(),
                    documentCount,
                    termCount,
                    mapper.arena());
        } catch (IllegalArgumentException e) {
            throw terms.damaged("does not fit the other files of its segment: " + e.getMessage());
        }
    }

    private static ColumnsReader openColumns(MappedFile file, int documentCount) throws IndexFormatException {
        try {
            return new ColumnsReader(file.payload(), documentCount);
        } catch (IllegalArgumentException e) {
            throw file.damaged("is not well-formed: " + e.getMessage());
        }
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

    /** Terms of a field, 0 if the segment has not the field. */
    public int termCount(String field) {
        return terms.termCount(field);
    }

    /** The termId of a token in a field, or -1. */
    public int termId(String field, String token) {
        return terms.find(field, token);
    }

    /** Finds the terms of many tokens, sooner than {@link #termId(String, String)} one by one. */
    public void find(TermLookup lookup) {
        terms.find(lookup);
    }

    /** The token of a term. */
    public String token(int termId) {
        return terms.token(termId);
    }

    /** The number of postings of a term. */
    public int documentFrequency(int termId) {
        return terms.documentFrequency(termId);
    }

    /** The postings of all terms, a look at each. */
    long postingCount() {
        long count = 0;
        for (int termId = 0; termId < termCount(); termId++) {
            count += documentFrequency(termId);
        }
        return count;
    }

    /** The largest impact of a term, 1..255. */
    public int largestImpact(int termId) {
        return terms.largestImpact(termId);
    }

    /** The largest impact in a field, 0 if the segment has not the field. Looks at every term. */
    public int largestImpact(String field) {
        return terms.largestImpact(field);
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

    /** The UTF-8 of the external id of a document, a fresh copy. */
    byte[] idBytes(int docId) {
        return identifiers.get(docId);
    }

    /** The stored source of a document, a fresh copy; empty if none was given. */
    public byte[] source(int docId) {
        return sources.get(docId);
    }

    /** The typed values of the documents; none if no document of the segment has any. */
    public Optional<ColumnsReader> columns() {
        return Optional.ofNullable(columns);
    }

    MappedFile columnsFile() {
        return columnsFile;
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
