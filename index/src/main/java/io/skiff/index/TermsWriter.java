package io.skiff.index;

import java.io.IOException;

/** Writes the fields and terms of a segment in {@link TermsLayout}. */
final class TermsWriter {
    private final SortedTerms terms;
    private final TermPostings postings;
    private final int[] hashes;

    TermsWriter(SortedTerms terms, TermPostings postings) {
        this.terms = terms;
        this.postings = postings;
        this.hashes = new int[terms.termCount()];
        for (int termId = 0; termId < hashes.length; termId++) {
            hashes[termId] = TermLayout.hash(terms.fieldOf(termId), terms.token(termId));
        }
    }

    /** Writes the payload. */
    void write(FrameWriter out) throws IOException {
        int[] slots = slots();
        out.putInt(terms.fields().size());
        out.putInt(terms.termCount());
        out.putInt(slots.length);
        out.putInt(0);
        long tokensOffset = writeFields(out);
        writeTerms(out, tokensOffset);
        for (int slot : slots) {
            out.putInt(slot);
        }
        for (FieldBuild field : terms.fields()) {
            out.putBytes(field.nameBytes());
        }
        for (int termId = 0; termId < terms.termCount(); termId++) {
            out.putBytes(terms.token(termId));
        }
    }

    /** Returns where the names of all fields end and the tokens start. */
    private int writeFields(FrameWriter out) throws IOException {
        int nameOffset = 0;
        for (int field = 0; field < terms.fields().size(); field++) {
            int nameBytes = terms.fields().get(field).nameBytes().length;
            int firstTermId = terms.firstTermId(field);
            out.putInt(nameOffset);
            out.putInt(nameBytes);
            out.putInt(firstTermId);
            out.putInt(terms.firstTermId(field + 1) - firstTermId);
            nameOffset += nameBytes;
        }
        return nameOffset;
    }

    private void writeTerms(FrameWriter out, long tokensOffset) throws IOException {
        long tokenOffset = tokensOffset;
        for (int termId = 0; termId < terms.termCount(); termId++) {
            int tokenBytes = terms.token(termId).length;
            out.putLong(postings.offsets()[termId]);
            out.putLong(tokenOffset);
            out.putInt(tokenBytes);
            out.putInt(postings.documentFrequencies()[termId]);
            out.putShort(postings.partCounts()[termId]);
            out.putByte(postings.largestImpacts()[termId]);
            out.putByte(0);
            out.putInt(hashes[termId]);
            tokenOffset += tokenBytes;
        }
    }

    private int[] slots() {
        int[] slots = new int[TermsLayout.slotCount(terms.termCount())];
        for (int termId = 0; termId < terms.termCount(); termId++) {
            int slot = hashes[termId] & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = termId + 1;
        }
        return slots;
    }
}
