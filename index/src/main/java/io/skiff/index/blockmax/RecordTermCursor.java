package io.skiff.index.blockmax;

import java.util.Objects;

/**
 * Walks over the postings of one term, docIds ascending, reading the records of the blocks that have it: one place in
 * memory per block, where impact-ordered postings are one run. One per thread, used again for every term.
 *
 * <p>Over damaged structures this throws {@link IndexOutOfBoundsException}.
 */
public final class RecordTermCursor {
    private final BoundsCursor bounds = new BoundsCursor();
    private final int[] impacts = new int[1 << RecordLayout.LOCAL_DOCUMENT_BITS];
    private BlockMaxReader blocks;
    private int key;
    private int found;
    private int docId;
    private int impact;

    /** Unpositioned. */
    public RecordTermCursor() {}

    /** Moves before the first posting of a term. */
    public void reset(BlockMaxReader reader, int termId) {
        blocks = reader;
        bounds.reset(reader, termId);
        key = reader.recordKey(termId);
        found = 0;
    }

    /** Moves to the next posting; false when there is none. */
    public boolean next() {
        while (found == 0) {
            if (!bounds.next()) {
                return false;
            }
            collect(new BlockRecord(blocks, bounds.block()));
        }
        int document = Integer.numberOfTrailingZeros(found);
        found &= found - 1;
        docId = Objects.checkIndex((bounds.block() << blocks.blockShift()) + document, blocks.documentCount());
        impact = impacts[document];
        return true;
    }

    /** The current docId. */
    public int docId() {
        return docId;
    }

    /** Its impact. */
    public int impact() {
        return impact;
    }

    /** The impact of a term in one document, 0 if it has not the term; leaves the cursor unpositioned. */
    public int impact(BlockMaxReader reader, int termId, int inDocId) {
        blocks = reader;
        key = reader.recordKey(termId);
        found = 0;
        collect(new BlockRecord(reader, inDocId >>> reader.blockShift()));
        int document = inDocId & ((1 << reader.blockShift()) - 1);
        boolean isFound = ((found >>> document) & 1) != 0;
        found = 0;
        return isFound ? impacts[document] : 0;
    }

    private void collect(BlockRecord record) {
        if (key >= 0) {
            collectSlot(record);
        } else {
            collectRare(record, RecordLayout.bucket(~key), RecordLayout.rareKey(~key));
        }
    }

    private void collectSlot(BlockRecord record) {
        int group = key / RecordLayout.GROUP_SLOTS;
        long presence = record.presence(group);
        long bit = 1L << key % RecordLayout.GROUP_SLOTS;
        if ((presence & bit) == 0) {
            return;
        }
        int documents = record.sectionStart(group);
        int at = documents + Long.bitCount(presence);
        int before = Long.bitCount(presence & (bit - 1));
        for (int i = 0; i < before; i++) {
            at += Integer.bitCount(record.at(documents + i));
        }
        found = record.at(documents + before);
        for (int rest = found; rest != 0; rest &= rest - 1) {
            impacts[Integer.numberOfTrailingZeros(rest)] = record.at(at++);
        }
    }

    private void collectRare(BlockRecord record, int bucket, int wanted) {
        int count = record.rareCount(bucket);
        for (int entry = 0; entry < count; entry++) {
            int entryKey = record.rareKey(bucket, entry);
            int document = RecordLayout.localDocument(entryKey);
            if (entryKey - document == wanted) {
                found |= 1 << document;
                impacts[document] = record.rareImpact(bucket, entry);
            }
        }
    }
}
