package io.skiff.index.blockmax;

import java.util.Objects;

/**
 * The postings of a segment by document: block after block, read from the records, each term of a block with its
 * documents.
 *
 * <pre>
 *   RecordPostings postings = new RecordPostings(segment.blockMax());
 *   for (int block = 0; block &lt; segment.blockMax().blockCount(); block++) {
 *       postings.forEach(block, (termId, docId, impact) -> ...);
 *   }
 * </pre>
 *
 * <p>Within a block the terms come in an order of the format's own, and the documents of a term ascending. Over damaged
 * records this throws {@link IndexOutOfBoundsException}. One per thread.
 */
public final class RecordPostings {
    /** Told every posting of a block. */
    public interface Visitor {
        /** A posting: docId in the segment, impact 1..255. */
        void posting(int termId, int docId, int impact);
    }

    private final BlockMaxReader blocks;
    private final int[] termOfSlot;
    private final int[] termOfRare;

    /** Reads the records of a segment. */
    public RecordPostings(BlockMaxReader blocks) {
        this.blocks = blocks;
        termOfSlot = new int[blocks.recordLayout().groupCount() * RecordLayout.GROUP_SLOTS];
        termOfRare = new int[blocks.termCount() - blocks.slotCount()];
        for (int termId = 0; termId < blocks.termCount(); termId++) {
            int key = blocks.recordKey(termId);
            if (key >= 0) {
                termOfSlot[key] = termId;
            } else {
                termOfRare[~key] = termId;
            }
        }
    }

    /** Tells all postings of a block. */
    public void forEach(int block, Visitor visitor) {
        BlockRecord record = new BlockRecord(blocks, block);
        int firstDocId = block << blocks.blockShift();
        for (int group = 0; group < blocks.recordLayout().groupCount(); group++) {
            visitSection(record, group, firstDocId, visitor);
        }
        for (int bucket = 0; bucket < RecordLayout.BUCKET_COUNT; bucket++) {
            visitRare(record, bucket, firstDocId, visitor);
        }
    }

    private void visitSection(BlockRecord record, int group, int firstDocId, Visitor visitor) {
        long presence = record.presence(group);
        int documents = record.sectionStart(group);
        int impacts = documents + Long.bitCount(presence);
        for (long rest = presence; rest != 0; rest &= rest - 1) {
            int slot = group * RecordLayout.GROUP_SLOTS + Long.numberOfTrailingZeros(rest);
            for (int mask = record.at(documents++); mask != 0; mask &= mask - 1) {
                int docId = firstDocId + Integer.numberOfTrailingZeros(mask);
                visitor.posting(termOfSlot[slot], checked(docId), record.at(impacts++));
            }
        }
    }

    private void visitRare(BlockRecord record, int bucket, int firstDocId, Visitor visitor) {
        int count = record.rareCount(bucket);
        for (int entry = 0; entry < count; entry++) {
            int key = record.rareKey(bucket, entry);
            int ordinal = RecordLayout.rareOrdinal(key, bucket);
            int docId = firstDocId + RecordLayout.localDocument(key);
            visitor.posting(termOfRare[ordinal], checked(docId), record.rareImpact(bucket, entry));
        }
    }

    private int checked(int docId) {
        return Objects.checkIndex(docId, blocks.documentCount());
    }
}
