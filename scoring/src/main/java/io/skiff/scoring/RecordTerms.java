package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.RecordLayout;

/** Where the records of a segment hold the terms of a query. Used again for every query. */
final class RecordTerms {
    int[] slots = {};
    int[] slotWeights = {};
    int slotCount;

    /** Where the offset of a rare term's bucket is in a record. */
    int[] bucketOffsets = {};

    /** Its key in the bucket, less the document. */
    int[] rareKeys = {};

    int[] rareWeights = {};
    int rareCount;

    RecordLayout layout;

    /** Whether offsets within a record have 2 bytes, not 4. */
    boolean narrowOffsets;

    /** Whether keys of rare entries have 2 bytes, not 3. */
    boolean narrowKeys;

    /** Scratch of the kernels: the impacts of a block's documents for every slot, a byte each. */
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
        slotCount = 0;
        rareCount = 0;
        if (slots.length < termCount) {
            slots = new int[termCount];
            slotWeights = new int[termCount];
            bucketOffsets = new int[termCount];
            rareKeys = new int[termCount];
            rareWeights = new int[termCount];
            lanes = new byte[termCount * Long.BYTES];
        }
    }

    private void addSlot(int slot, int weight) {
        slots[slotCount] = slot;
        slotWeights[slotCount++] = weight;
    }

    private void addRare(int ordinal, int weight) {
        bucketOffsets[rareCount] = layout.bucketOffsetOffset(RecordLayout.bucket(ordinal));
        rareKeys[rareCount] = RecordLayout.rareKey(ordinal);
        rareWeights[rareCount++] = weight;
    }
}
