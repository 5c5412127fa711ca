package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The records of the blocks to be scored next, copied to the heap one behind the other.
 *
 * <p>Copying costs no more than loading a byte of every cache line ahead, which one record after the other would wait
 * for otherwise; and arrays have cheaper checks against damage than mapped memory. Used again; grows to the largest
 * batch it has held.
 */
final class RecordBatch {
    /** Blocks in a batch: enough that their lines come from memory together, few enough for the first-level cache. */
    static final int CAPACITY = 8;

    /** What may be read behind the last record: a register. */
    private static final int PADDING_BYTES = 64;

    private final int[] blocks = new int[CAPACITY];
    private final int[] starts = new int[CAPACITY];
    private final long[] sources = new long[CAPACITY];
    private byte[] bytes = new byte[1 << 15];
    private int touched;

    private int size;
    private int end;

    /** Empties it. */
    void clear() {
        size = 0;
        end = 0;
    }

    /** Appends a block; its record is there after {@link #load}. */
    void add(int block) {
        blocks[size++] = block;
    }

    /** Copies the records of all blocks. */
    void load(BlockMaxReader blockMax) {
        MemorySegment records = blockMax.records();
        int sum = 0;
        for (int i = 0; i < size; i++) {
            long start = blockMax.recordStart(blocks[i]);
            sources[i] = start;
            // The first line, and with it the page, of each record: all of them under way before the first copy waits.
            sum += records.get(LittleEndian.BYTE, start);
        }
        touched = sum;
        for (int i = 0; i < size; i++) {
            int length = Math.toIntExact(blockMax.recordStart(blocks[i] + 1) - sources[i]);
            if (bytes.length - end - PADDING_BYTES < length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length + PADDING_BYTES));
            }
            MemorySegment.copy(records, ValueLayout.JAVA_BYTE, sources[i], bytes, end, length);
            starts[i] = end;
            end += length;
        }
    }

    /** What was read ahead: means nothing, but keeps the loads from being optimized away. */
    int touched() {
        return touched;
    }

    int size() {
        return size;
    }

    /** The block at a position. */
    int block(int i) {
        return blocks[i];
    }

    /** Where its record starts in {@link #bytes}. */
    int start(int i) {
        return starts[i];
    }

    byte[] bytes() {
        return bytes;
    }
}
