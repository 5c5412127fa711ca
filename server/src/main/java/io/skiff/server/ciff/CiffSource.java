package io.skiff.server.ciff;

import io.skiff.index.Limits;
import io.skiff.index.SparseVector;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.InputRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The documents of a CIFF file, their term frequencies being weights. All postings are read, and turned from terms to
 * documents on disk, before the first document comes.
 */
public final class CiffSource implements DocumentSource {
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
    private static final byte[] NO_MEMBERS = "{}".getBytes(StandardCharsets.UTF_8);

    private final String name;
    private final CiffInput input;
    private final CiffHeader header;
    private final PostingsSpill spill;
    private final List<String> terms = new ArrayList<>();
    private boolean listsRead;
    private int nextDocument;

    private CiffSource(String name, CiffInput input, Path scratch) throws IOException {
        this.name = name;
        this.input = input;
        this.header = CiffHeader.read(input);
        this.spill = new PostingsSpill(scratch, header.documents());
    }

    /**
     * Opens a file, gzip or not, and reads its header.
     *
     * @param scratch an existing folder on a disk with room for 12 bytes a posting
     * @throws CiffFormatException if it is no CIFF file
     */
    public static CiffSource open(Path file, Path scratch) throws IOException {
        CiffInput input = new CiffInput(file.toString(), decompressed(file));
        try {
            return new CiffSource(file.toString(), input, scratch);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private static InputStream decompressed(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        try {
            raw.mark(GZIP_MAGIC.length);
            boolean gzip = Arrays.equals(raw.readNBytes(GZIP_MAGIC.length), GZIP_MAGIC);
            raw.reset();
            return gzip ? new GZIPInputStream(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /**
     * The next document.
     *
     * @throws CiffFormatException if the file is damaged or cut; the source cannot go on
     */
    @Override
    public Optional<InputRecord> next() throws IOException {
        if (!listsRead) {
            readLists();
            listsRead = true;
        }
        if (nextDocument == header.documents()) {
            input.expectEnd();
            return Optional.empty();
        }
        int docId = nextDocument++;
        String id = readRecord(docId);
        List<String> tokens = new ArrayList<>();
        List<Integer> frequencies = new ArrayList<>();
        spill.forEach(docId, (term, frequency) -> {
            tokens.add(terms.get(term));
            frequencies.add(frequency);
        });
        float[] weights = new float[frequencies.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = frequencies.get(i);
        }
        SparseVector vector = SparseVector.of(tokens.toArray(String[]::new), weights);
        return Optional.of(new InputRecord(id, "", Optional.of(vector), NO_MEMBERS, name + ": document " + docId));
    }

    private void readLists() throws IOException {
        Set<String> seen = new HashSet<>();
        for (int list = 0; list < header.lists(); list++) {
            readList(list);
            if (!seen.add(terms.getLast())) {
                throw input.damaged("a second list of postings for term '" + terms.getLast() + "'");
            }
        }
        spill.flush();
    }

    private void readList(int list) throws IOException {
        String what = "list " + (list + 1) + " of " + header.lists();
        String term = null;
        long df = 0;
        long postings = 0;
        int docId = 0;
        long end = input.open(what);
        while (input.nextField(end)) {
            switch (input.field()) {
                case CiffFields.LIST_TERM -> term = input.text("a term", Limits.MAX_TOKEN_BYTES, end);
                case CiffFields.LIST_DF -> df = input.number("the df");
                case CiffFields.LIST_POSTING -> docId = readPosting(list, docId, postings++ == 0, end);
                default -> input.skip(end);
            }
        }
        if (term == null) {
            throw input.damaged(what + " has no term");
        }
        if (df != postings) {
            throw input.damaged("term '" + term + "' has df " + df + " but " + postings + " postings");
        }
        terms.add(term);
    }

    private int readPosting(int list, int previous, boolean first, long listEnd) throws IOException {
        int gap = 0;
        int frequency = 0;
        long end = input.openInside("a posting", listEnd);
        while (input.nextField(end)) {
            switch (input.field()) {
                case CiffFields.POSTING_DOCID -> gap = input.count("a docid gap");
                case CiffFields.POSTING_TF -> frequency = input.count("a term frequency");
                default -> input.skip(end);
            }
        }
        long docId = (long) previous + gap;
        if (docId >= header.documents() || (gap == 0 && !first)) {
            throw input.damaged(
                    "docid " + docId + " behind " + previous + "; expected ascending ones below " + header.documents());
        }
        // A frequency of 0 adds nothing to any score.
        if (frequency > 0) {
            spill.add((int) docId, list, frequency);
        }
        return (int) docId;
    }

    private String readRecord(int expected) throws IOException {
        String what = "document record " + (expected + 1) + " of " + header.documents();
        int docId = 0;
        String id = "";
        long end = input.open(what);
        while (input.nextField(end)) {
            switch (input.field()) {
                case CiffFields.RECORD_DOCID -> docId = input.count("a docid");
                case CiffFields.RECORD_COLLECTION_DOCID ->
                    id = input.text("a collection docid", Limits.MAX_ID_BYTES, end);
                default -> input.skip(end);
            }
        }
        if (docId != expected) {
            throw input.damaged(
                    what + ": expected docid " + expected + ", got " + docId + "; records must come in order of docid");
        }
        return id;
    }

    /** Documents read. */
    @Override
    public long position() {
        return nextDocument;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(header.documents());
    }

    @Override
    public String unit() {
        return "documents";
    }

    @Override
    public void close() throws IOException {
        try (input) {
            spill.close();
        }
    }
}
