package io.skiff.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.agrona.collections.ObjectHashSet;

/** What must hold in a segment beyond checksums; each method stops at the first thing that does not. */
final class SegmentInvariants {
    /**
     * What a field has in a segment.
     *
     * @param name the field's name
     * @param documentCount documents with a posting
     * @param postingCount postings
     */
    record FieldCounts(String name, long documentCount, long postingCount) {}

    private final SegmentReader segment;
    private final MappedFile termsFile;
    private final MappedFile postingsFile;

    SegmentInvariants(SegmentReader segment) {
        this.segment = segment;
        this.termsFile = segment.termsFile();
        this.postingsFile = segment.postingsFile();
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

    /** Postings are contiguous, tiers descend, docIds ascend in each and exist, and counts are what the terms say. */
    List<FieldCounts> checkPostings() throws IndexFormatException {
        TermDictionary terms = segment.terms();
        PostingsCursor cursor = new PostingsCursor();
        long nextOffset = 0;
        FieldCounts[] counts = new FieldCounts[terms.fields().size()];
        for (TermDictionary.Field field : terms.fields()) {
            BitSet documents = new BitSet(segment.documentCount());
            long postingCount = 0;
            for (int termId = field.firstTermId(); termId < field.firstTermId() + field.termCount(); termId++) {
                if (terms.postingsOffset(termId) != nextOffset) {
                    throw termsFile.damaged("has the postings of term " + termId + " at " + terms.postingsOffset(termId)
                            + ", expected " + nextOffset);
                }
                postingCount += checkTerm(cursor, termId, documents);
                nextOffset += TierLayout.postingsBytes(terms.tierCount(termId), terms.documentFrequency(termId));
            }
            counts[field.number()] = new FieldCounts(field.name(), documents.cardinality(), postingCount);
        }
        if (nextOffset != postingsFile.payload().byteSize()) {
            throw postingsFile.damaged("has a payload of "
                    + postingsFile.payload().byteSize() + " bytes, but its terms fill " + nextOffset);
        }
        return List.of(counts);
    }

    private long checkTerm(PostingsCursor cursor, int termId, BitSet documents) throws IndexFormatException {
        int previousImpact = Limits.MAX_IMPACT + 1;
        int largestImpact = 0;
        long postingCount = 0;
        cursor.reset(segment, termId);
        while (cursor.nextTier()) {
            if (cursor.impact() >= previousImpact) {
                throw postingsFile.damaged("has a tier of impact " + cursor.impact() + " behind one of "
                        + previousImpact + " in term " + termId);
            }
            previousImpact = cursor.impact();
            largestImpact = Math.max(largestImpact, cursor.impact());
            postingCount += cursor.count();
            checkDocIds(cursor, termId, documents);
        }
        if (postingCount != segment.documentFrequency(termId) || postingCount == 0) {
            throw postingsFile.damaged("has " + postingCount + " postings of term " + termId
                    + ", its document frequency is " + segment.documentFrequency(termId));
        }
        if (largestImpact != segment.largestImpact(termId)) {
            throw postingsFile.damaged("has " + largestImpact + " as largest impact of term " + termId
                    + ", the terms file has " + segment.largestImpact(termId));
        }
        return postingCount;
    }

    private void checkDocIds(PostingsCursor cursor, int termId, BitSet documents) throws IndexFormatException {
        int previous = -1;
        for (int i = 0; i < cursor.count(); i++) {
            int docId = segment.postings().get(LittleEndian.INT, cursor.docIdsOffset() + (long) i * Integer.BYTES);
            if (docId <= previous || docId >= segment.documentCount()) {
                throw postingsFile.damaged("has docId " + docId + " behind " + previous + " in the tier of impact "
                        + cursor.impact() + " of term " + termId + ", in a segment of " + segment.documentCount()
                        + " documents");
            }
            previous = docId;
            documents.set(docId);
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
}
