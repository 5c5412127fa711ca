package io.skiff.encoder.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Off-heap memory for a model's output, kept from run to run: as many buffers as there ever were runs at a time. Safe for
 * use by several threads.
 */
final class OutputBuffers implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final long bytes;
    private final ConcurrentLinkedQueue<MemorySegment> idle = new ConcurrentLinkedQueue<>();

    /** Buffers of that many bytes each. */
    OutputBuffers(long bytes) {
        this.bytes = bytes;
    }

    /** Lends a buffer, whose content is left over from before, for some work. */
    <T> T with(Function<MemorySegment, T> work) {
        MemorySegment buffer = idle.poll();
        if (buffer == null) {
            buffer = arena.allocate(bytes, Long.BYTES);
        }
        try {
            return work.apply(buffer);
        } finally {
            idle.add(buffer);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
