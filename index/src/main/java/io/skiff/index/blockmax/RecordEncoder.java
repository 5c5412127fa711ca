package io.skiff.index.blockmax;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Turns the entries of one block into its record. */
final class RecordEncoder {
    private static final int MOST_DOCUMENTS = 1 << RecordLayout.LOCAL_DOCUMENT_BITS;

    private final RecordLayout layout;
    private final int[] recordKeys;
    private final ByteBuffer record;
    private final byte[] sectionMasks = new byte[RecordLayout.GROUP_SLOTS];
    private final byte[] sectionImpacts = new byte[RecordLayout.GROUP_SLOTS * MOST_DOCUMENTS];
    private final byte[] impactOfDocument = new byte[MOST_DOCUMENTS];

    /** Encodes blocks of a segment whose terms have these keys, by rank in record order, slots first. */
    RecordEncoder(RecordLayout layout, int[] recordKeys, int fullestBlock) {
        this.layout = layout;
        this.recordKeys = recordKeys;
        long most = mostBytes(layout, fullestBlock);
        this.record = ByteBuffer.allocate(Math.toIntExact(most)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** No record of so many postings is longer: a posting in a section takes at most 2 bytes, a rare one its entry. */
    static long mostBytes(RecordLayout layout, int entryCount) {
        return layout.headerBytes() + (long) layout.rareEntryBytes() * entryCount;
    }

    byte[] bytes() {
        return record.array();
    }

    /** Encodes {@code entries[start..end)}, sorted by rank; returns the record's length. */
    int encode(long[] entries, int start, int end) {
        Arrays.fill(record.array(), 0, layout.headerBytes(), (byte) 0);
        record.position(layout.headerBytes());
        int next = start;
        for (int group = 0; group < layout.groupCount(); group++) {
            putOffset(layout.sectionOffsetOffset(group), record.position());
            next = putSection(group, entries, next, end);
        }
        for (int bucket = 0; bucket < RecordLayout.BUCKET_COUNT; bucket++) {
            putOffset(layout.bucketOffsetOffset(bucket), record.position());
            next = putRare(bucket, entries, next, end);
        }
        putOffset(layout.bucketOffsetOffset(RecordLayout.BUCKET_COUNT), record.position());
        assert next == end : "entries left over: " + (end - next);
        return record.position();
    }

    private int putSection(int group, long[] entries, int start, int end) {
        long presence = 0;
        int slots = 0;
        int impacts = 0;
        int next = start;
        while (next < end && groupOf(entries[next]) == group) {
            int rank = BlockEntry.rank(entries[next]);
            int mask = 0;
            for (; next < end && BlockEntry.rank(entries[next]) == rank; next++) {
                int document = BlockEntry.localDocument(entries[next]);
                mask |= 1 << document;
                impactOfDocument[document] = (byte) BlockEntry.impact(entries[next]);
            }
            presence |= 1L << recordKeys[rank]; // the shift takes the key modulo 64
            sectionMasks[slots++] = (byte) mask;
            for (int rest = mask; rest != 0; rest &= rest - 1) {
                sectionImpacts[impacts++] = impactOfDocument[Integer.numberOfTrailingZeros(rest)];
            }
        }
        record.putLong(RecordLayout.presenceOffset(group), presence);
        record.put(sectionMasks, 0, slots).put(sectionImpacts, 0, impacts);
        return next;
    }

    private int putRare(int bucket, long[] entries, int start, int end) {
        int next = start;
        while (next < end && RecordLayout.bucket(~keyOf(entries[next])) == bucket) {
            record.putShort((short) rareKey(entries[next++]));
        }
        for (int i = start; i < next && layout.rareEntryBytes() > RecordLayout.NARROW_RARE_BYTES; i++) {
            record.put((byte) (rareKey(entries[i]) >>> Short.SIZE));
        }
        for (int i = start; i < next; i++) {
            record.put((byte) BlockEntry.impact(entries[i]));
        }
        return next;
    }

    private int rareKey(long entry) {
        return RecordLayout.rareKey(~keyOf(entry)) | BlockEntry.localDocument(entry);
    }

    private int keyOf(long entry) {
        return recordKeys[BlockEntry.rank(entry)];
    }

    /** The group of an entry's slot, -1 for a rare term. */
    private int groupOf(long entry) {
        int key = keyOf(entry);
        return key < 0 ? -1 : key / RecordLayout.GROUP_SLOTS;
    }

    private void putOffset(int at, int offset) {
        if (layout.offsetBytes() == Short.BYTES) {
            record.putShort(at, (short) offset);
        } else {
            record.putInt(at, offset);
        }
    }
}
