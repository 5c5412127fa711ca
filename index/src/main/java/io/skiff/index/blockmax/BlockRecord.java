package io.skiff.index.blockmax;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How the parts of a record are read by whoever has time; the kernels of a search read them faster. */
final class BlockRecord {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final RecordLayout layout;
    private final MemorySegment bytes;

    /** The record of a block, cut to its bytes. */
    BlockRecord(BlockMaxReader blocks, int block) {
        layout = blocks.recordLayout();
        long start = blocks.recordStart(block);
        bytes = blocks.records().asSlice(start, blocks.recordStart(block + 1) - start);
    }

    /** Which slots of a group are here, a bit each. */
    long presence(int group) {
        return bytes.get(LONG, RecordLayout.presenceOffset(group));
    }

    /** Where the documents of a group's slots are; their impacts follow. */
    int sectionStart(int group) {
        return offset(layout.sectionOffsetOffset(group));
    }

    /** Where a bucket's entries are; for {@link RecordLayout#BUCKET_COUNT}, where the record ends. */
    int bucketStart(int bucket) {
        return offset(layout.bucketOffsetOffset(bucket));
    }

    int rareCount(int bucket) {
        return (bucketStart(bucket + 1) - bucketStart(bucket)) / layout.rareEntryBytes();
    }

    /** The key of an entry of a bucket. */
    int rareKey(int bucket, int entry) {
        int start = bucketStart(bucket);
        int key = bytes.get(SHORT, start + (long) entry * Short.BYTES) & 0xFFFF;
        return layout.rareEntryBytes() == RecordLayout.NARROW_RARE_BYTES
                ? key
                : key | at(start + RecordLayout.rareHighOffset(rareCount(bucket)) + entry) << Short.SIZE;
    }

    int rareImpact(int bucket, int entry) {
        return at(bucketStart(bucket) + layout.rareImpactsOffset(rareCount(bucket)) + entry);
    }

    /** The byte at an offset of the record. */
    int at(int offset) {
        return bytes.get(BYTE, offset) & 0xFF;
    }

    private int offset(int at) {
        return layout.offsetBytes() == Short.BYTES ? bytes.get(SHORT, at) & 0xFFFF : bytes.get(INT, at);
    }
}
