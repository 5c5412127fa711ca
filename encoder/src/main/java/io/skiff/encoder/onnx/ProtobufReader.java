package io.skiff.encoder.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A cursor over the fields of one protobuf message in memory: tag, then a varint, 4 or 8 fixed bytes, or a length and so
 * many bytes (protobuf.dev/programming-guides/encoding). Contents are skipped, not read, so a message of gigabytes costs
 * no more than its number of fields.
 */
final class ProtobufReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private final MemorySegment memory;
    private final long end;
    private long position;

    private long fieldStart;
    private int field;
    private int wireType;
    private long varint;
    private long contentStart;
    private long contentBytes;

    ProtobufReader(MemorySegment memory) {
        this(memory, 0, memory.byteSize());
    }

    private ProtobufReader(MemorySegment memory, long start, long end) {
        this.memory = memory;
        this.position = start;
        this.end = end;
    }

    /**
     * Moves to the next field; false at the end of the message.
     *
     * @throws MalformedModelException if the bytes are no protobuf message
     */
    boolean next() throws MalformedModelException {
        if (position == end) {
            return false;
        }
        fieldStart = position;
        long tag = readVarint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        contentStart = position;
        switch (wireType) {
            case VARINT -> varint = readVarint();
            case FIXED64 -> position = position + Long.BYTES;
            case FIXED32 -> position = position + Integer.BYTES;
            case BYTES -> {
                contentBytes = readVarint();
                contentStart = position;
                if (contentBytes < 0 || contentBytes > end - position) {
                    throw malformed("a field of " + contentBytes + " bytes passes the end of its message");
                }
                position += contentBytes;
            }
            default -> throw malformed("wire type " + wireType);
        }
        if (field == 0 || position > end) {
            throw malformed("field " + field);
        }
        return true;
    }

    int field() {
        return field;
    }

    /** Whether the current field is number {@code number} and holds bytes: a string or a message. */
    boolean isBytes(int number) {
        return field == number && wireType == BYTES;
    }

    /** Whether the current field is number {@code number} and holds one varint. */
    boolean isVarint(int number) {
        return field == number && wireType == VARINT;
    }

    long varint() {
        return varint;
    }

    /** Where the current field's tag begins. */
    long fieldStart() {
        return fieldStart;
    }

    /** Where the current field ends and the next one begins. */
    long fieldEnd() {
        return position;
    }

    /** Where the current field's content begins, for fields of bytes. */
    long contentStart() {
        return contentStart;
    }

    /** The current field as a string. */
    String string() {
        byte[] bytes = memory.asSlice(contentStart, contentBytes).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A cursor over the current field as a message. */
    ProtobufReader message() {
        return new ProtobufReader(memory, contentStart, contentStart + contentBytes);
    }

    /** Adds all of this message's content, read as varints one after the other, to {@code into}. */
    void packedVarints(List<Long> into) throws MalformedModelException {
        while (position < end) {
            into.add(readVarint());
        }
    }

    private long readVarint() throws MalformedModelException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == end) {
                throw malformed("a number passes the end of its message");
            }
            byte next = memory.get(ValueLayout.JAVA_BYTE, position++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than 10 bytes");
    }

    private MalformedModelException malformed(String what) {
        return new MalformedModelException("not an ONNX file: " + what + " at byte " + position);
    }
}
