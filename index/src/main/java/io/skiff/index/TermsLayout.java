package io.skiff.index;

/**
 * The payload of a terms file.
 *
 * <pre>
 *   +-------------+------------+------------+----------+-----------+----------+----------+---------------------+
 *   | field count | term count | slot count | zero     | fields    | terms    | slots    | strings             |
 *   | i32         | i32        | i32        | i32      | 16 B each | 32 B each| i32 each | UTF-8, to the end   |
 *   +-------------+------------+------------+----------+-----------+----------+----------+---------------------+
 * </pre>
 *
 * <p>Fields are in the order of their names' bytes, terms in the order of their field, then of their token's bytes, so
 * that the terms of a field are contiguous. Slots are an open-addressing hash table with a power of two of slots: a
 * slot is 0 or a termId plus 1; a term is in the first free slot at or after its hash, wrapping around.
 */
final class TermsLayout {
    static final int FIELD_COUNT_OFFSET = 0;
    static final int TERM_COUNT_OFFSET = FIELD_COUNT_OFFSET + Integer.BYTES;
    static final int SLOT_COUNT_OFFSET = TERM_COUNT_OFFSET + Integer.BYTES;
    static final int RESERVED_OFFSET = SLOT_COUNT_OFFSET + Integer.BYTES;

    /** Size of what stands before the fields. */
    static final int BYTES = RESERVED_OFFSET + Integer.BYTES;

    private TermsLayout() {}

    static long fieldOffset(int field) {
        return BYTES + (long) field * FieldLayout.BYTES;
    }

    static long termOffset(int fieldCount, int termId) {
        return fieldOffset(fieldCount) + (long) termId * TermLayout.BYTES;
    }

    static long slotOffset(int fieldCount, int termCount, int slot) {
        return termOffset(fieldCount, termCount) + (long) slot * Integer.BYTES;
    }

    static long stringsOffset(int fieldCount, int termCount, int slotCount) {
        return slotOffset(fieldCount, termCount, slotCount);
    }

    /** The number of slots for so many terms: at most half of them are taken, so that a probe is short. */
    static int slotCount(int termCount) {
        return termCount == 0 ? 1 : Integer.highestOneBit(termCount) << 2;
    }
}
