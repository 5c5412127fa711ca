package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BoundsCursor;
import io.skiff.index.blockmax.RecordPostings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads all postings of a segment, wherever it has them, and verifies that each structure is well-formed and that all say
 * the same.
 */
final class PostingsCheck {
    private final SegmentReader segment;
    private final TermDictionary terms;
    private final int[] fieldOfTerm;
    private final BitSet[] documents;
    private long nextOffset;

    PostingsCheck(SegmentReader segment) {
        this.segment = segment;
        this.terms = segment.terms();
        this.fieldOfTerm = new int[terms.termCount()];
        this.documents = new BitSet[terms.fields().size()];
        for (TermDictionary.Field field : terms.fields()) {
            documents[field.number()] = new BitSet(segment.documentCount());
            for (int i = 0; i < field.termCount(); i++) {
                fieldOfTerm[field.firstTermId() + i] = field.number();
            }
        }
    }

    /** Returns what the fields have. */
    List<FieldCounts> run() throws IndexFormatException {
        TermDigests postings = segment.hasPostings() ? readPostings() : null;
        TermDigests records = segment.blockMax() == null ? null : readRecords();
        for (int termId = 0; termId < terms.termCount(); termId++) {
            if (postings != null && records != null && !postings.agrees(records, termId)) {
                throw recordsDamaged("has " + records.postingCount(termId) + " postings of term " + termId
                        + ", which are not the " + postings.postingCount(termId) + " of the postings file");
            }
            verifyCounts(termId, postings != null ? postings : records);
        }
        return fieldCounts();
    }

    private List<FieldCounts> fieldCounts() {
        List<FieldCounts> counts = new ArrayList<>();
        for (TermDictionary.Field field : terms.fields()) {
            long postingCount = 0;
            for (int i = 0; i < field.termCount(); i++) {
                postingCount += terms.documentFrequency(field.firstTermId() + i);
            }
            counts.add(new FieldCounts(field.name(), documents[field.number()].cardinality(), postingCount));
        }
        return counts;
    }

    private void verifyCounts(int termId, TermDigests digests) throws IndexFormatException {
        int postingCount = digests.postingCount(termId);
        if (postingCount != terms.documentFrequency(termId) || postingCount == 0) {
            throw damaged("has " + postingCount + " postings of term " + termId + ", its document frequency is "
                    + terms.documentFrequency(termId));
        }
        if (digests.largestImpact(termId) != terms.largestImpact(termId)) {
            throw damaged("has " + digests.largestImpact(termId) + " as largest impact of term " + termId
                    + ", the terms file has " + terms.largestImpact(termId));
        }
    }

    private TermDigests readPostings() throws IndexFormatException {
        TermDigests digests = new TermDigests(terms.termCount());
        PostingsCursor cursor = new PostingsCursor();
        for (int termId = 0; termId < terms.termCount(); termId++) {
            if (terms.postingsOffset(termId) != nextOffset) {
                throw terms.file()
                        .damaged("has the postings of term " + termId + " at " + terms.postingsOffset(termId)
                                + ", expected " + nextOffset);
            }
            cursor.reset(segment, termId);
            nextOffset += (long) terms.partCount(termId) * PartLayout.BYTES;
            while (cursor.nextPart()) {
                readPart(cursor, termId, digests);
                nextOffset = cursor.partEnd();
            }
        }
        if (nextOffset + PartLayout.TAIL_BYTES != segment.postings().byteSize()) {
            throw damaged(
                    "has a payload of " + segment.postings().byteSize() + " bytes, but its terms fill " + nextOffset);
        }
        return digests;
    }

    private void readPart(PostingsCursor cursor, int termId, TermDigests digests) throws IndexFormatException {
        int previousImpact = Limits.MAX_IMPACT + 1;
        long end = cursor.partEnd();
        while (cursor.nextTier()) {
            if (cursor.impact() >= previousImpact) {
                throw damaged("has a tier of impact " + cursor.impact() + " behind one of " + previousImpact
                        + " in term " + termId);
            }
            previousImpact = cursor.impact();
            readTier(cursor, termId, digests);
            end = cursor.tierEnd();
        }
        if (end != cursor.partEnd() || previousImpact > Limits.MAX_IMPACT) {
            throw damaged("has a part of term " + termId + " to " + cursor.partEnd() + ", but its tiers end at " + end);
        }
    }

    private void readTier(PostingsCursor cursor, int termId, TermDigests digests) throws IndexFormatException {
        int docId = cursor.firstDocId();
        int previous = -1;
        for (int entry = 0; entry < cursor.entryCount(); entry++) {
            docId += cursor.gap(entry);
            int impact = cursor.impact(entry);
            boolean isSkip = cursor.gap(entry) == TierLayout.skip(cursor.gapBits());
            if (docId >= cursor.endDocId() || isSkip != (impact == 0) || (!isSkip && docId == previous)) {
                throw damaged("has docId " + docId + " behind " + previous + " with impact " + impact + " in term "
                        + termId + ", in the window of documents to " + cursor.endDocId());
            }
            if (!isSkip) {
                add(termId, docId, impact, digests);
                previous = docId;
            }
        }
        if (previous < 0) {
            throw damaged("has a tier without postings in term " + termId);
        }
    }

    private TermDigests readRecords() throws IndexFormatException {
        BlockMaxReader blocks = segment.blockMax();
        TermDigests digests = new TermDigests(terms.termCount());
        TermDigests maxima = new TermDigests(terms.termCount());
        int[] blockMaxima = new int[terms.termCount()];
        int[] termsOfBlock = new int[terms.termCount()];
        try {
            RecordPostings records = new RecordPostings(blocks);
            for (int block = 0; block < blocks.blockCount(); block++) {
                int[] count = new int[1];
                records.forEach(block, (termId, docId, impact) -> {
                    add(termId, docId, impact, digests);
                    if (blockMaxima[termId] == 0) {
                        termsOfBlock[count[0]++] = termId;
                    }
                    blockMaxima[termId] = Math.max(blockMaxima[termId], impact);
                });
                for (int i = 0; i < count[0]; i++) {
                    maxima.add(termsOfBlock[i], block, blockMaxima[termsOfBlock[i]]);
                    blockMaxima[termsOfBlock[i]] = 0;
                }
            }
            compareBounds(blocks, maxima);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IndexFormatException(segment.blockMaxDamaged(e).getCause().getMessage(), e);
        }
        return digests;
    }

    private void compareBounds(BlockMaxReader blocks, TermDigests maxima) throws IndexFormatException {
        TermDigests bounds = new TermDigests(terms.termCount());
        BoundsCursor cursor = new BoundsCursor();
        for (int termId = 0; termId < terms.termCount(); termId++) {
            cursor.reset(blocks, termId);
            while (cursor.next()) {
                bounds.add(termId, cursor.block(), cursor.maximum());
            }
            if (!bounds.agrees(maxima, termId) || blocks.blockCount(termId) != bounds.postingCount(termId)) {
                throw recordsDamaged("does not fit the bounds of term " + termId + " in " + bounds.postingCount(termId)
                        + " blocks; in the records " + maxima.postingCount(termId) + " have it");
            }
        }
    }

    private void add(int termId, int docId, int impact, TermDigests digests) {
        digests.add(termId, docId, impact);
        documents[fieldOfTerm[termId]].set(docId);
    }

    private IndexFormatException damaged(String what) {
        return (segment.hasPostings() ? segment.postingsFile() : segment.blockRecordsFile()).damaged(what);
    }

    private IndexFormatException recordsDamaged(String what) {
        return segment.blockRecordsFile().damaged(what);
    }
}
