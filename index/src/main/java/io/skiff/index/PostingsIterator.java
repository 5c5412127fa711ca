package io.skiff.index;

import io.skiff.index.blockmax.RecordTermCursor;

/**
 * Walks over the postings of a term one by one, wherever the segment has them: in impact-ordered postings, or else in
 * block records. For explanations, exports and checks; what scores postings reads {@link PostingsCursor} or the records.
 *
 * <pre>
 *   iterator.reset(segment, termId);
 *   while (iterator.next()) {
 *       // iterator.docId(), iterator.impact()
 *   }
 * </pre>
 *
 * <p>In no order that one may rely on. One per thread, used again for every term. Damage that is found on the way is an
 * {@link java.io.UncheckedIOException} that names the file.
 */
public final class PostingsIterator {
    private final PostingsCursor cursor = new PostingsCursor();
    private final RecordTermCursor records = new RecordTermCursor();
    private SegmentReader segment;
    private int remaining;
    private int entry;
    private int entryCount;
    private int docId;
    private int impact;

    /** Unpositioned. */
    public PostingsIterator() {}

    /** Moves before the first posting of a term. */
    public void reset(SegmentReader newSegment, int termId) {
        segment = newSegment;
        remaining = newSegment.documentFrequency(termId);
        entry = 0;
        entryCount = 0;
        if (newSegment.hasPostings()) {
            cursor.reset(newSegment, termId);
        } else {
            resetRecords(termId);
        }
    }

    private void resetRecords(int termId) {
        try {
            records.reset(segment.blockMax(), termId);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw segment.blockMaxDamaged(e);
        }
    }

    /** Moves to the next posting; false when there is none. */
    public boolean next() {
        if (remaining == 0) {
            return false;
        }
        if (segment.hasPostings() ? !nextOfTiers() : !nextOfRecords()) {
            throw segment.postingsDamaged("lacks " + remaining + " postings of a term");
        }
        remaining--;
        return true;
    }

    private boolean nextOfTiers() {
        while (true) {
            while (entry < entryCount) {
                docId += cursor.gap(entry);
                impact = cursor.impact(entry++);
                if (docId >= cursor.endDocId()) {
                    throw segment.postingsDamaged("has docId " + docId + " in the window to " + cursor.endDocId());
                }
                if (impact > 0) {
                    return true;
                }
            }
            if (!cursor.nextTier() && !(cursor.nextPart() && cursor.nextTier())) {
                return false;
            }
            entry = 0;
            entryCount = cursor.entryCount();
            docId = cursor.firstDocId();
        }
    }

    private boolean nextOfRecords() {
        try {
            boolean found = records.next();
            docId = records.docId();
            impact = records.impact();
            return found;
        } catch (IndexOutOfBoundsException e) {
            throw segment.blockMaxDamaged(e);
        }
    }

    /**
     * The impact of a term in one document, 0 if it has not the term: one look at the document's record, or, in a segment
     * without records, which is small, a walk over the term's postings. Leaves the iterator unpositioned.
     */
    public int impact(SegmentReader inSegment, int termId, int inDocId) {
        if (inSegment.blockMax() != null) {
            try {
                return records.impact(inSegment.blockMax(), termId, inDocId);
            } catch (IndexOutOfBoundsException e) {
                throw inSegment.blockMaxDamaged(e);
            }
        }
        reset(inSegment, termId);
        while (next()) {
            if (docId == inDocId) {
                return impact;
            }
        }
        return 0;
    }

    /** The current document. */
    public int docId() {
        return docId;
    }

    /** The impact of the term in it, 1..255. */
    public int impact() {
        return impact;
    }
}
