package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/** Finds the documents of a segment by their external ids, in {@link IdSlotsLayout}. */
final class IdSlots {
    private final MappedFile file;
    private final MemorySegment slots;
    private final int slotCount;
    private final int documentCount;
    private final EntriesReader identifiers;

    /** Verifies that the table has the size that it must have. */
    IdSlots(MappedFile file, int documentCount, EntriesReader identifiers) throws IndexFormatException {
        this.file = file;
        this.slots = file.payload();
        this.slotCount = IdSlotsLayout.slotCount(documentCount);
        this.documentCount = documentCount;
        this.identifiers = identifiers;
        long expectedBytes = (long) slotCount * IdSlotsLayout.BYTES;
        if (slots.byteSize() != expectedBytes) {
            throw file.damaged("has a payload of " + slots.byteSize() + " bytes, expected " + expectedBytes + " for "
                    + documentCount + " documents");
        }
    }

    /** Writes the table of documents whose ids have these hashes, by docId. */
    static void write(FrameWriter out, IntArrayList hashes) throws IOException {
        int[] slots = new int[IdSlotsLayout.slotCount(hashes.size())];
        for (int docId = 0; docId < hashes.size(); docId++) {
            int slot = hashes.getInt(docId) & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = docId + 1;
        }
        for (int slot : slots) {
            out.putInt(slot);
        }
    }

    /** The document of an id, or -1. */
    int find(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        int hash = IdSlotsLayout.hash(bytes);
        // Bounded, so that a table without a free slot, which is never written, ends the probe too.
        for (int probe = 0; probe < slotCount; probe++) {
            int docId = docId((hash + probe) & (slotCount - 1));
            if (docId < 0) {
                return -1;
            }
            if (Arrays.equals(identifiers.get(docId), bytes)) {
                return docId;
            }
        }
        return -1;
    }

    /** Verifies that every document is found by its id, and nothing else. */
    void check() throws IndexFormatException {
        int taken = 0;
        for (int slot = 0; slot < slotCount; slot++) {
            taken += docId(slot) < 0 ? 0 : 1;
        }
        for (int docId = 0; docId < documentCount; docId++) {
            int found = find(new String(identifiers.get(docId), StandardCharsets.UTF_8));
            if (found != docId) {
                throw file.damaged("finds " + found + " by the id of docId " + docId);
            }
        }
        if (taken != documentCount) {
            throw file.damaged("has " + taken + " documents, expected " + documentCount);
        }
    }

    /** The document in a slot, or -1. */
    private int docId(int slot) {
        int docId = slots.get(LittleEndian.INT, (long) slot * IdSlotsLayout.BYTES) - 1;
        if (docId < -1 || docId >= documentCount) {
            throw file.damagedWhileReading(
                    "has docId " + docId + " in slot " + slot + ", in a segment of " + documentCount + " documents");
        }
        return docId;
    }
}
