package io.skiff.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields and terms of a segment, read where they lie in {@link TermsLayout}. */
final class TermDictionary {
    /**
     * A field and its terms.
     *
     * @param number position in the file, part of the hash of its terms
     * @param name the field's name
     * @param firstTermId its first term
     * @param termCount its terms
     */
    record Field(int number, String name, int firstTermId, int termCount) {
        boolean contains(int termId) {
            return termId >= firstTermId && termId - firstTermId < termCount;
        }
    }

    private final MappedFile file;
    private final MemorySegment bytes;
    private final int termCount;
    private final int slotCount;
    private final long termsOffset;
    private final long slotsOffset;
    private final long stringsOffset;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, Field> fieldsByName = new HashMap<>();

    /** Reads the fields and verifies that the sections fit the file; the payload must have been verified. */
    TermDictionary(MappedFile file) throws IndexFormatException {
        this.file = file;
        this.bytes = file.payload();
        if (bytes.byteSize() < TermsLayout.BYTES) {
            throw file.damaged(
                    "has a payload of " + bytes.byteSize() + " bytes, expected " + TermsLayout.BYTES + " or more");
        }
        int fieldCount = bytes.get(LittleEndian.INT, TermsLayout.FIELD_COUNT_OFFSET);
        this.termCount = bytes.get(LittleEndian.INT, TermsLayout.TERM_COUNT_OFFSET);
        this.slotCount = bytes.get(LittleEndian.INT, TermsLayout.SLOT_COUNT_OFFSET);
        if (fieldCount < 0 || termCount < 0 || slotCount < 0 || Integer.bitCount(slotCount) != 1) {
            throw file.damaged("has impossible counts: " + fieldCount + " fields, " + termCount + " terms, " + slotCount
                    + " slots");
        }
        this.termsOffset = TermsLayout.termOffset(fieldCount, 0);
        this.slotsOffset = TermsLayout.slotOffset(fieldCount, termCount, 0);
        this.stringsOffset = TermsLayout.stringsOffset(fieldCount, termCount, slotCount);
        if (stringsOffset > bytes.byteSize()) {
            throw file.damaged(
                    "has a payload of " + bytes.byteSize() + " bytes, expected " + stringsOffset + " or more");
        }
        int nextTermId = 0;
        for (int number = 0; number < fieldCount; number++) {
            Field field = readField(number);
            if (field.firstTermId() != nextTermId || field.termCount() < 0) {
                throw file.damaged("has field '" + field.name() + "' with " + field.termCount() + " terms from "
                        + field.firstTermId() + ", expected from " + nextTermId);
            }
            nextTermId += field.termCount();
            fields.add(field);
            fieldsByName.put(field.name(), field);
        }
        if (nextTermId != termCount || fieldsByName.size() != fieldCount) {
            throw file.damaged(
                    "has " + termCount + " terms, but its " + fieldsByName.size() + " fields have " + nextTermId);
        }
    }

    private Field readField(int number) throws IndexFormatException {
        long at = TermsLayout.fieldOffset(number);
        int nameOffset = bytes.get(LittleEndian.INT, at + FieldLayout.NAME_OFFSET_OFFSET);
        int nameBytes = bytes.get(LittleEndian.INT, at + FieldLayout.NAME_BYTES_OFFSET);
        if (!inStrings(nameOffset, nameBytes)) {
            throw file.damaged("has the name of field " + number + " outside of its strings");
        }
        return new Field(
                number,
                new String(copy(nameOffset, nameBytes), StandardCharsets.UTF_8),
                bytes.get(LittleEndian.INT, at + FieldLayout.FIRST_TERM_ID_OFFSET),
                bytes.get(LittleEndian.INT, at + FieldLayout.TERM_COUNT_OFFSET));
    }

    MappedFile file() {
        return file;
    }

    List<Field> fields() {
        return fields;
    }

    int termCount() {
        return termCount;
    }

    /** Terms of a field, 0 if there is no such field. */
    int termCount(String fieldName) {
        Field field = fieldsByName.get(fieldName);
        return field == null ? 0 : field.termCount();
    }

    /** The termId of a token in a field, or -1. */
    int find(String fieldName, String token) {
        Field field = fieldsByName.get(fieldName);
        return field == null ? -1 : find(field, token.getBytes(StandardCharsets.UTF_8));
    }

    /** Finds all tokens of a lookup, as {@link #find(Field, byte[])} would. */
    void find(TermLookup lookup) {
        Field field = null;
        for (int i = 0; i < lookup.count; i++) {
            if (field == null || !field.name().equals(lookup.fields[i])) {
                field = fieldsByName.get(lookup.fields[i]);
            }
            if (field == null) {
                lookup.termIds[i] = -1;
                continue;
            }
            int hash = TermLayout.hash(field.number(), lookup.tokens[i]);
            lookup.hashes[i] = hash;
            lookup.termIds[i] =
                    bytes.get(LittleEndian.INT, slotsOffset + (long) (hash & (slotCount - 1)) * Integer.BYTES) - 1;
        }
        // What the first slot of a token names is mostly the token; where it is not, the search goes on alone.
        for (int i = 0; i < lookup.count; i++) {
            int termId = lookup.termIds[i];
            if (termId >= 0 && termId < termCount) {
                lookup.hashes[i] ^= bytes.get(LittleEndian.INT, termOffset(termId) + TermLayout.HASH_OFFSET);
            }
        }
        for (int i = 0; i < lookup.count; i++) {
            int termId = lookup.termIds[i];
            if (termId == -1) {
                continue;
            }
            field = field != null && field.name().equals(lookup.fields[i]) ? field : fieldsByName.get(lookup.fields[i]);
            boolean found = termId >= 0
                    && termId < termCount
                    && lookup.hashes[i] == 0
                    && field.contains(termId)
                    && isToken(termId, lookup.tokens[i]);
            lookup.termIds[i] = found ? termId : find(field, lookup.tokens[i]);
        }
    }

    /** The termId of a token in a field, or -1. */
    int find(Field field, byte[] token) {
        int hash = TermLayout.hash(field.number(), token);
        // Bounded, so that a table without a free slot, which is never written, ends the probe too.
        for (int probe = 0; probe < slotCount; probe++) {
            int slot = (hash + probe) & (slotCount - 1);
            int termId = bytes.get(LittleEndian.INT, slotsOffset + (long) slot * Integer.BYTES) - 1;
            if (termId == -1) {
                return -1;
            }
            if (field.contains(termId)
                    && bytes.get(LittleEndian.INT, termOffset(termId) + TermLayout.HASH_OFFSET) == hash
                    && isToken(termId, token)) {
                return termId;
            }
        }
        return -1;
    }

    private boolean isToken(int termId, byte[] token) {
        long tokenOffset = tokenOffset(termId);
        if (tokenBytes(termId) != token.length || !inStrings(tokenOffset, token.length)) {
            return false;
        }
        long offset = stringsOffset + tokenOffset;
        for (int i = 0; i < token.length; i++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, offset + i) != token[i]) {
                return false;
            }
        }
        return true;
    }

    String token(int termId) {
        return new String(tokenCopy(termId), StandardCharsets.UTF_8);
    }

    /** The bytes of a term's token. */
    byte[] tokenCopy(int termId) {
        long offset = tokenOffset(termId);
        int length = tokenBytes(termId);
        if (!inStrings(offset, length)) {
            throw file.damagedWhileReading("has the token of term " + termId + " outside of its strings");
        }
        return copy(offset, length);
    }

    long tokenOffset(int termId) {
        return bytes.get(LittleEndian.LONG, termOffset(termId) + TermLayout.TOKEN_OFFSET_OFFSET);
    }

    int tokenBytes(int termId) {
        return bytes.get(LittleEndian.INT, termOffset(termId) + TermLayout.TOKEN_BYTES_OFFSET);
    }

    long postingsOffset(int termId) {
        return bytes.get(LittleEndian.LONG, termOffset(termId) + TermLayout.POSTINGS_OFFSET_OFFSET);
    }

    /** The largest impact of all terms of a field, 0 if there are none. */
    int largestImpact(String fieldName) {
        Field field = fieldsByName.get(fieldName);
        int largest = 0;
        for (int i = 0; field != null && i < field.termCount(); i++) {
            largest = Math.max(largest, largestImpact(field.firstTermId() + i));
        }
        return largest;
    }

    int documentFrequency(int termId) {
        return bytes.get(LittleEndian.INT, termOffset(termId) + TermLayout.DOCUMENT_FREQUENCY_OFFSET);
    }

    int partCount(int termId) {
        return Short.toUnsignedInt(bytes.get(LittleEndian.SHORT, termOffset(termId) + TermLayout.PART_COUNT_OFFSET));
    }

    int largestImpact(int termId) {
        return Byte.toUnsignedInt(
                bytes.get(ValueLayout.JAVA_BYTE, termOffset(termId) + TermLayout.LARGEST_IMPACT_OFFSET));
    }

    private long termOffset(int termId) {
        if (termId < 0 || termId >= termCount) {
            throw new IndexOutOfBoundsException("term " + termId + " of " + termCount);
        }
        return termsOffset + (long) termId * TermLayout.BYTES;
    }

    private boolean inStrings(long offset, int length) {
        return offset >= 0 && length >= 0 && offset <= bytes.byteSize() - stringsOffset - length;
    }

    /** Size of the strings. */
    long stringsBytes() {
        return bytes.byteSize() - stringsOffset;
    }

    private byte[] copy(long offset, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, stringsOffset + offset, copy, 0, length);
        return copy;
    }
}
