package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.blockmax.BlockMaxWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.ObjectHashSet;

/**
 * Writes a new index directory from documents, whole or not at all.
 *
 * <p>Nothing under the directory's name exists or changes until {@link #commit()}: files are written to a sibling
 * folder, synced, and renamed into place. Not safe for use by several threads.
 */
public final class IndexBuilder implements AutoCloseable {
    private enum State {
        OPEN,
        FAILED,
        COMMITTED,
        CLOSED
    }

    private final BuildDirectory build;
    private final EntriesWriter identifiers;
    private final EntriesWriter sources;
    private final DocumentRules rules = new DocumentRules();
    private final Map<String, FieldBuild> fields = new LinkedHashMap<>();
    private final ObjectHashSet<String> ids = new ObjectHashSet<>();
    private final PostingsBuffer postings = new PostingsBuffer();
    // The numbers of the tokens of the document that is being added, vector by vector.
    private final IntArrayList documentTerms = new IntArrayList();
    private BlockMaxOptions blockMaxOptions = BlockMaxOptions.DEFAULT;
    private int termCount;
    private State state = State.OPEN;

    private IndexBuilder(BuildDirectory build, Map<String, FieldOptions> options) throws IOException {
        this.build = build;
        options.forEach((name, fieldOptions) -> fields.put(name, new FieldBuild(name, fieldOptions)));
        this.identifiers = new EntriesWriter(build.path(), FileKind.IDENTIFIERS);
        this.sources = new EntriesWriter(build.path(), FileKind.SOURCES);
    }

    /**
     * Starts a build of {@code directory}, which must not exist unless {@code replace}.
     *
     * <p>A replaced index keeps whatever else its directory holds.
     *
     * @param fields options by field name; a field without an entry has {@link FieldOptions#DEFAULT}
     * @throws java.nio.file.FileAlreadyExistsException if the directory exists and {@code replace} is false
     * @throws IOException if the directory exists and is not an index (never replaced), or cannot be written
     */
    public static IndexBuilder create(Path directory, Map<String, FieldOptions> fields, boolean replace)
            throws IOException {
        fields.keySet().forEach(IndexBuilder::verifyFieldOption);
        BuildDirectory build = BuildDirectory.create(directory, replace);
        try {
            return new IndexBuilder(build, fields);
        } catch (IOException e) {
            build.close();
            throw e;
        }
    }

    private static void verifyFieldOption(String field) {
        try {
            new DocumentRules().checkFieldName("the options of the index", field);
        } catch (InvalidDocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Says how block-max structures are to be built, {@link BlockMaxOptions#DEFAULT} unless told. */
    public void blockMax(BlockMaxOptions options) {
        blockMaxOptions = options;
    }

    /**
     * Adds a document behind those already added; the order of addition breaks ties of score.
     *
     * @throws InvalidDocumentException if the id repeats or a {@linkplain Limits limit} is passed; the build goes on
     *     without that document
     * @throws IllegalStateException after {@link #commit()}, {@link #close()}, or a failure to write
     */
    public void add(Document document) throws IOException {
        verifyOpen();
        verify(document);
        state = State.FAILED;
        identifiers.add(document.id().getBytes(StandardCharsets.UTF_8));
        sources.add(document.source());
        ids.add(document.id());
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
        if (document.source().length > Limits.MAX_SOURCE_BYTES) {
            throw new InvalidDocumentException(name + ": its source has " + document.source().length
                    + " bytes, the limit is " + Limits.MAX_SOURCE_BYTES);
        }
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

    /** Looks up the tokens of a vector and returns how many are new to the field. */
    private int verifyVector(String document, FieldBuild field, String fieldName, SparseVector vector) {
        if (vector.size() > Limits.MAX_VECTOR_TOKENS) {
            throw new InvalidDocumentException(document + ": its vector of field '" + fieldName + "' has "
                    + vector.size() + " tokens, the limit is " + Limits.MAX_VECTOR_TOKENS);
        }
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

    /** Documents added so far. */
    public int documentCount() {
        return postings.documentCount();
    }

    /**
     * Writes everything, syncs, and makes the index visible under its name. Nothing can be added afterwards.
     *
     * @throws IllegalStateException after another commit, {@link #close()}, or a failure to write
     */
    public IndexSummary commit() throws IOException {
        verifyOpen();
        state = State.FAILED;
        SortedTerms terms = new SortedTerms(List.copyOf(fields.values()), termCount);
        PostingsWriter postingsWriter = new PostingsWriter(postings, terms);
        SegmentInfo segment = writeSegment(terms, postingsWriter);
        List<FieldInfo> fieldInfos = new ArrayList<>();
        for (int field = 0; field < terms.fields().size(); field++) {
            fieldInfos.add(terms.fields().get(field).info(postingsWriter.saturatedCount(field)));
        }
        Manifest manifest = new Manifest(fieldInfos, List.of(segment));
        FileInfo manifestFile = manifest.write(build.path());
        build.publish(manifest);
        state = State.COMMITTED;
        long segmentBytes =
                segment.files().stream().mapToLong(FileInfo::fileBytes).sum();
        return new IndexSummary(
                segment.documentCount(),
                postings.postingCount(),
                segment.files().stream()
                        .filter(file -> file.kind().isSearched())
                        .mapToLong(FileInfo::fileBytes)
                        .sum(),
                segmentBytes + manifestFile.fileBytes(),
                fieldInfos);
    }

    private SegmentInfo writeSegment(SortedTerms terms, PostingsWriter postingsWriter) throws IOException {
        int documentCount = postings.documentCount();
        try (FrameWriter postingsFile = new FrameWriter(build.path(), FileKind.POSTINGS);
                FrameWriter termsFile = new FrameWriter(build.path(), FileKind.TERMS);
                BlockMaxFiles blockMaxFiles = BlockMaxWriter.isWanted(documentCount, termCount, blockMaxOptions)
                        ? new BlockMaxFiles(build.path())
                        : null) {
            TermPostings written = postingsWriter.write(postingsFile);
            new TermsWriter(terms, written).write(termsFile);
            List<FileInfo> files = new ArrayList<>(
                    List.of(termsFile.finish(), postingsFile.finish(), identifiers.finish(), sources.finish()));
            if (blockMaxFiles != null) {
                files.addAll(blockMaxFiles.write(postingsFile, written, documentCount, blockMaxOptions));
            }
            SegmentInfo segment = SegmentInfo.of(documentCount, files);
            termsFile.seal(segment.id());
            postingsFile.seal(segment.id());
            identifiers.seal(segment.id());
            sources.seal(segment.id());
            if (blockMaxFiles != null) {
                blockMaxFiles.seal(segment.id());
            }
            return segment;
        }
    }

    private void verifyOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    switch (state) {
                        case FAILED -> "an earlier write of this build has failed; start a new build";
                        case COMMITTED -> "this build is committed; start a new build";
                        default -> "this build is closed; start a new build";
                    });
        }
    }

    /** Without a commit before: removes whatever was written. */
    @Override
    public void close() throws IOException {
        if (state == State.COMMITTED || state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        try (build;
                identifiers;
                sources) {
            postings.clear();
        }
    }
}
