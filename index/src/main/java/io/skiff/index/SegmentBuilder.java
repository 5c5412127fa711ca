package io.skiff.index;

import io.skiff.index.columns.ColumnType;
import io.skiff.index.columns.ColumnValue;
import io.skiff.index.columns.ColumnsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.ObjectHashSet;

/**
 * Writes one segment from documents, into a folder of its own. Made by {@link IndexEditor#newSegment}; an {@link
 * IndexBuilder} has one inside. Not safe for use by several threads.
 */
public final class SegmentBuilder implements AutoCloseable {
    private enum State {
        OPEN,
        FAILED,
        FINISHED,
        CLOSED
    }

    private static final int PROGRESS_DOCUMENTS = 1 << 10;
    private static final int WORKING_POSTING_BYTES = 32;
    private static final int LEAST_CHUNK_POSTINGS = 1 << 8;
    // Its 20 MB are what a thread has on the heap.
    private static final int MOST_CHUNK_POSTINGS = 1 << 20;

    private final Path folder;
    private final SegmentFiles files;
    private final EntriesWriter identifiers;
    private final EntriesWriter sources;
    private final ColumnsWriter columns = new ColumnsWriter();
    private final DocumentRules rules = new DocumentRules();
    private final Map<String, FieldBuild> fields = new LinkedHashMap<>();
    private final ObjectHashSet<String> ids = new ObjectHashSet<>();
    private final IntArrayList idHashes = new IntArrayList();
    private final TermCounts counts;
    private final HeldArrays arrays;
    private final ForwardStore postings;
    // The numbers of the tokens of the document that is being added, vector by vector.
    private final IntArrayList documentTerms = new IntArrayList();
    private final BuildOptions options;
    private int termCount;
    private State state = State.OPEN;

    /** Starts a segment of documents whose fields have these options; its files will be synced. */
    SegmentBuilder(Path folder, Map<String, FieldOptions> fieldOptions, BuildOptions options) throws IOException {
        this(folder, fieldOptions, options, true);
    }

    /** The same, with files that are synced when they are written or are not. */
    SegmentBuilder(Path folder, Map<String, FieldOptions> fieldOptions, BuildOptions options, boolean syncs)
            throws IOException {
        fieldOptions.keySet().forEach(SegmentBuilder::verifyFieldOption);
        this.folder = folder;
        this.options = options;
        fieldOptions.forEach((name, field) -> fields.put(name, new FieldBuild(name, field)));
        this.counts = new TermCounts(options.blockMax().blockShift());
        this.arrays = new HeldArrays(folder.resolve("postings.spilled"), options.memoryBytes());
        this.postings = new ForwardStore(arrays, chunkPostings(options), counts);
        this.files = new SegmentFiles(folder, syncs);
        this.identifiers = new EntriesWriter(files.open(FileKind.IDENTIFIERS));
        this.sources = new EntriesWriter(files.open(FileKind.SOURCES));
    }

    /** As many as all threads can have at work in the memory that there is. */
    private static int chunkPostings(BuildOptions options) {
        long most = options.memoryBytes() / WORKING_POSTING_BYTES / (options.threads() + 1);
        return Math.clamp(most, LEAST_CHUNK_POSTINGS, MOST_CHUNK_POSTINGS);
    }

    private static void verifyFieldOption(String field) {
        try {
            new DocumentRules().checkFieldName("the options of the index", field);
        } catch (InvalidDocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Where the files of the finished segment are. */
    Path folder() {
        return folder;
    }

    /**
     * Makes room for postings before the first of them comes; more may come, and fewer. Otherwise room is made as they do,
     * again and again.
     */
    public void expect(long postings) {
        verifyOpen();
        if (this.postings.documentCount() == 0) {
            this.postings.expect(postings);
        }
    }

    /**
     * Adds a document behind those already added; the order of addition breaks ties of score.
     *
     * @throws InvalidDocumentException if the id repeats or a {@linkplain Limits limit} is passed; the build goes on
     *     without that document
     * @throws IllegalStateException after the segment was finished or closed, or a failure to write
     */
    public void add(Document document) throws IOException {
        verifyOpen();
        verify(document);
        state = State.FAILED;
        byte[] id = document.id().getBytes(StandardCharsets.UTF_8);
        identifiers.add(id);
        idHashes.addInt(IdSlotsLayout.hash(id));
        sources.add(document.source());
        ids.add(document.id());
        columns.add(document.columns());
        int firstTerm = 0;
        for (Map.Entry<String, SparseVector> entry : document.vectors().entrySet()) {
            String name = entry.getKey();
            addVector(
                    fields.computeIfAbsent(name, unknown -> new FieldBuild(name, FieldOptions.DEFAULT)),
                    entry.getValue(),
                    firstTerm);
            firstTerm += entry.getValue().size();
        }
        postings.endDocument();
        if (postings.documentCount() % PROGRESS_DOCUMENTS == 0) {
            options.progress().at(BuildProgress.Phase.DOCUMENTS, postings.documentCount(), 0);
        }
        state = State.OPEN;
    }

    private void addVector(FieldBuild field, SparseVector vector, int firstTerm) {
        if (!vector.isEmpty()) {
            field.addDocument();
        }
        for (int i = 0; i < vector.size(); i++) {
            int term = documentTerms.getInt(firstTerm + i);
            if (term == FieldBuild.UNKNOWN) {
                term = termCount++;
                field.terms().put(vector.token(i), term);
            }
            field.addWeight(vector.weight(i));
            postings.add(term, vector.weight(i));
        }
    }

    /** Refuses a document before anything of it was taken. */
    private void verify(Document document) {
        String name = "document '" + rules.checkId(document.id()) + "'";
        if (ids.contains(document.id())) {
            throw new InvalidDocumentException(name + " was added before; ids must be unique in an index");
        }
        if (postings.documentCount() == Limits.MAX_SEGMENT_DOCUMENTS) {
            throw new InvalidDocumentException(
                    name + " does not fit: the index has " + Limits.MAX_SEGMENT_DOCUMENTS + " documents, the limit");
        }
        rules.checkSource(name, document.source());
        verifyColumns(name, document.columns());
        int newFields = 0;
        int newTerms = 0;
        documentTerms.clear();
        for (Map.Entry<String, SparseVector> entry : document.vectors().entrySet()) {
            FieldBuild field = fields.get(entry.getKey());
            if (field == null) {
                newFields++;
                rules.checkFieldName(name, entry.getKey());
            }
            newTerms += verifyVector(name, field, entry.getKey(), entry.getValue());
        }
        if (fields.size() + newFields > Limits.MAX_FIELDS) {
            throw new InvalidDocumentException(
                    name + ": with its fields the index had more than " + Limits.MAX_FIELDS + ", the limit");
        }
        if (termCount > Limits.MAX_SEGMENT_TERMS - newTerms) {
            throw new InvalidDocumentException(
                    name + ": with its tokens the index had more than " + Limits.MAX_SEGMENT_TERMS + ", the limit");
        }
    }

    private void verifyColumns(String document, Map<String, List<ColumnValue>> values) {
        rules.checkColumns(document, values);
        int newColumns = 0;
        for (Map.Entry<String, List<ColumnValue>> entry : values.entrySet()) {
            Optional<ColumnType> type = columns.type(entry.getKey());
            newColumns += type.isPresent() || entry.getValue().isEmpty() ? 0 : 1;
            if (type.isPresent() && !entry.getValue().isEmpty()) {
                DocumentRules.checkType(
                        document + ", column '" + entry.getKey() + "'",
                        type.get(),
                        entry.getValue().getFirst());
            }
        }
        if (columns.columnCount() + newColumns > Limits.MAX_COLUMNS) {
            throw new InvalidDocumentException(
                    document + ": with its columns the index had more than " + Limits.MAX_COLUMNS + ", the limit");
        }
    }

    /** Looks up the tokens of a vector and returns how many are new to the field. */
    private int verifyVector(String document, FieldBuild field, String fieldName, SparseVector vector) {
        rules.checkSize(document, fieldName, vector);
        int newTerms = 0;
        for (int i = 0; i < vector.size(); i++) {
            int term = field == null ? FieldBuild.UNKNOWN : field.term(vector.token(i));
            documentTerms.addInt(term);
            if (term == FieldBuild.UNKNOWN) {
                newTerms++;
                rules.checkString(document, "the token", vector.token(i), Limits.MAX_TOKEN_BYTES);
            }
        }
        return newTerms;
    }

    /** The number of a term, a new one if the field has not the token yet. */
    int term(String fieldName, String token) {
        FieldBuild field = fields.get(fieldName);
        int term = field.term(token);
        if (term == FieldBuild.UNKNOWN) {
            term = termCount++;
            field.terms().put(token, term);
        }
        return term;
    }

    /**
     * Adds a document of another segment, which was verified when it was added there and whose id no other document has.
     *
     * @param terms the numbers of its terms, {@code count} of them
     * @param weights one each
     */
    void addMerged(
            byte[] id, Map<String, List<ColumnValue>> values, byte[] source, int[] terms, float[] weights, int count)
            throws IOException {
        verifyOpen();
        state = State.FAILED;
        identifiers.add(id);
        idHashes.addInt(IdSlotsLayout.hash(id));
        sources.add(source);
        columns.add(values);
        for (int i = 0; i < count; i++) {
            postings.add(terms[i], weights[i]);
        }
        postings.endDocument();
        state = State.OPEN;
    }

    /** Counts a document of another segment with so many postings in a field. */
    void countDocument(String field, int postingCount) {
        fields.get(field).addDocument(postingCount);
    }

    /** Documents added so far. */
    public int documentCount() {
        return postings.documentCount();
    }

    /** Postings added so far. */
    long postingCount() {
        return postings.postingCount();
    }

    /**
     * Writes everything; nothing can be added afterwards.
     *
     * @param claim takes an id for the segment, unless another of the index has it
     */
    BuiltSegment finish(LongPredicate claim) throws IOException {
        verifyOpen();
        state = State.FAILED;
        int chunkCount = postings.finish();
        SortedTerms terms = new SortedTerms(List.copyOf(fields.values()), termCount);
        List<FieldInfo> fieldInfos = new ArrayList<>();
        SegmentWriter writer = new SegmentWriter(files, arrays, options, terms, postings, counts);
        writer.write(chunkCount);
        for (int field = 0; field < terms.fields().size(); field++) {
            fieldInfos.add(terms.fields().get(field).info(writer.saturatedCount(field)));
        }
        arrays.close();
        identifiers.writeOffsets();
        sources.writeOffsets();
        IdSlots.write(files.open(FileKind.IDSLOTS), idHashes);
        if (!columns.isEmpty()) {
            columns.write(files.open(FileKind.COLUMNS).stream());
        }
        options.progress().at(BuildProgress.Phase.SYNC, postings.documentCount(), 0);
        SegmentInfo segment = files.seal(postings.documentCount(), claim);
        options.progress().at(BuildProgress.Phase.SYNC, postings.documentCount(), 1);
        state = State.FINISHED;
        return new BuiltSegment(segment, fieldInfos);
    }

    private void verifyOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    switch (state) {
                        case FAILED -> "an earlier write of this build has failed; start a new build";
                        case FINISHED -> "this build is finished; start a new build";
                        default -> "this build is closed; start a new build";
                    });
        }
    }

    /** Lets go of the documents; what was written and not finished goes. */
    @Override
    public void close() throws IOException {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        try (files;
                arrays) {
            ids.clear();
        } finally {
            BuildDirectory.removeIfThere(folder);
        }
    }
}
