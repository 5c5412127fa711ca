package io.skiff.index;

import io.skiff.index.columns.ColumnsCheck;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.ObjectHashSet;

/** What must hold in a segment beyond checksums; each method stops at the first thing that does not. */
final class SegmentInvariants {
    private final SegmentReader segment;
    private final MappedFile termsFile;

    SegmentInvariants(SegmentReader segment) {
        this.segment = segment;
        this.termsFile = segment.termsFile();
    }

    /** Terms are sorted, unique, found by their tokens, and their tokens fill the strings without a gap. */
    void checkTerms() throws IndexFormatException {
        TermDictionary terms = segment.terms();
        long nextOffset = 0;
        for (TermDictionary.Field field : terms.fields()) {
            nextOffset += field.name().getBytes(StandardCharsets.UTF_8).length;
        }
        for (TermDictionary.Field field : terms.fields()) {
            byte[] previous = null;
            for (int termId = field.firstTermId(); termId < field.firstTermId() + field.termCount(); termId++) {
                byte[] token = terms.tokenCopy(termId);
                if (previous != null && Arrays.compareUnsigned(previous, token) >= 0) {
                    throw termsFile.damaged("has term " + termId + " out of order");
                }
                if (terms.tokenOffset(termId) != nextOffset || token.length > Limits.MAX_TOKEN_BYTES) {
                    throw termsFile.damaged("has a token of " + token.length + " bytes of term " + termId + " at "
                            + terms.tokenOffset(termId) + ", expected at most " + Limits.MAX_TOKEN_BYTES + " at "
                            + nextOffset);
                }
                if (terms.find(field, token) != termId) {
                    throw termsFile.damaged("does not find term " + termId + " by its token");
                }
                previous = token;
                nextOffset += token.length;
            }
        }
        if (nextOffset != terms.stringsBytes()) {
            throw termsFile.damaged(
                    "has " + terms.stringsBytes() + " bytes of strings, but its names and tokens fill " + nextOffset);
        }
    }

    /**
     * Entries follow each other without a gap and fill what is there for them; ids are not empty, all are found, and
     * those of live documents are new.
     */
    void checkDocuments(ObjectHashSet<String> idsBefore) throws IndexFormatException {
        segment.identifiers().check();
        segment.sources().check();
        for (int docId = 0; docId < segment.documentCount(); docId++) {
            String id = segment.externalId(docId);
            if (id.isEmpty() || (segment.isLive(docId) && !idsBefore.add(id))) {
                throw segment.identifiers()
                        .damaged(
                                id.isEmpty()
                                        ? "has an empty id at docId " + docId
                                        : "has the id '" + id + "' of docId " + docId + " more than once");
            }
        }
        segment.idSlots().check();
    }

    /** What columns say in several ways is the same. */
    void checkColumns() throws IndexFormatException {
        if (segment.columns().isPresent()) {
            try {
                ColumnsCheck.run(segment.columns().get());
            } catch (IllegalArgumentException e) {
                throw segment.columnsFile().damaged("is wrong: " + e.getMessage());
            }
        }
    }
}
