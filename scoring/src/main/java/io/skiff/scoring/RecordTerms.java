package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.RecordLayout;

/**
 * Where the records of a segment hold the terms of a query. Used again for every query.
 *
 * <p>All of it is in one array, {@value #STRIDE} ints a term, since the kernels run short of registers: with an array for
 * each, the compiler moves their addresses in and out of vector registers, which takes longer than the loads themselves.
 */
final class RecordTerms {
    /** Ints of a term in {@link #places}. */
    static final int STRIDE = 4;

    /** Of every term: its weight. */
    static final int WEIGHT = 0;

    /** Of a slot: where its group's presence word is in a record. */
    static final int PRESENCE = 1;

    /** Of a slot: where the offset of its group's section is. */
    static final int SECTION = 2;

    /** Of a slot: its number in the group. */
    static final int SLOT = 3;

    /** Of a rare term: where the offset of its bucket is. */
    static final int BUCKET = 1;

    /** Of a rare term: its key in the bucket, less the document. */
    static final int KEY = 2;

    /** Slots up to {@link #slotsEnd}, rare terms from {@link #rareStart} to {@link #rareEnd}. */
    int[] places = {};

    int slotsEnd;
    int rareStart;
    int rareEnd;

    RecordLayout layout;

    /** Whether offsets within a record have 2 bytes, not 4. */
    boolean narrowOffsets;

    /** Whether keys of rare entries have 2 bytes, not 3. */
    boolean narrowKeys;

    /** Scratch of the kernels: for a slot that is in a block, or a rare entry, its term's position in {@link #places}. */
    int[] present = {};

    /** Scratch too: the positions of those that stand far behind in their section. */
    int[] far = {};

    int farCount;

    /** Scratch too: the impacts of the block's documents for it, a byte each. */
    byte[] lanes = {};

    /** Starts over with the terms of a query over a segment. */
    void reset(BlockMaxReader blocks, SegmentTerms terms) {
        layout = blocks.recordLayout();
        narrowOffsets = layout.offsetBytes() == Short.BYTES;
        narrowKeys = layout.rareEntryBytes() == RecordLayout.NARROW_RARE_BYTES;
        reserve(terms.count());
        for (int i = 0; i < terms.count(); i++) {
            int key = blocks.recordKey(terms.termId(i));
            if (key >= 0) {
                addSlot(key, terms.weight(i));
            } else {
                addRare(~key, terms.weight(i));
            }
        }
    }

    private void reserve(int termCount) {
        if (places.length < termCount * STRIDE) {
            places = new int[termCount * STRIDE];
            present = new int[termCount * RecordKernels.DOCUMENTS];
            far = new int[termCount];
            lanes = new byte[termCount * RecordKernels.DOCUMENTS * Long.BYTES];
        }
        slotsEnd = 0;
        rareEnd = termCount * STRIDE;
        rareStart = rareEnd;
    }

    private void addSlot(int slot, int weight) {
        int group = slot / RecordLayout.GROUP_SLOTS;
        places[slotsEnd + WEIGHT] = weight;
        places[slotsEnd + PRESENCE] = RecordLayout.presenceOffset(group);
        places[slotsEnd + SECTION] = layout.sectionOffsetOffset(group);
        places[slotsEnd + SLOT] = slot % RecordLayout.GROUP_SLOTS;
        slotsEnd += STRIDE;
    }

    private void addRare(int ordinal, int weight) {
        rareStart -= STRIDE;
        places[rareStart + WEIGHT] = weight;
        places[rareStart + BUCKET] = layout.bucketOffsetOffset(RecordLayout.bucket(ordinal));
        places[rareStart + KEY] = RecordLayout.rareKey(ordinal);
    }
}
