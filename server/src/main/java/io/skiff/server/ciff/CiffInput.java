package io.skiff.server.ciff;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf messages behind their lengths from a stream, field by field, so that a message larger than memory is
 * no trouble and nothing read from a damaged file decides how much is allocated.
 *
 * <pre>
 *   long end = input.open("header");
 *   while (input.nextField(end)) {
 *       switch (input.field()) {
 *           case 1 -> version = input.number("version");
 *           default -> input.skip(end);
 *       }
 *   }
 * </pre>
 */
final class CiffInput implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int VARINT_BITS = 7;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long bufferOffset;
    private int field;
    private int wireType;

    CiffInput(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    long offset() {
        return bufferOffset + position;
    }

    CiffFormatException damaged(String problem) {
        return new CiffFormatException(name, offset(), problem);
    }

    /** Reads the length of a message and returns the offset of its end. */
    long open(String message) throws IOException {
        // The offset counts from behind the length.
        long length = length(message, Long.MAX_VALUE);
        return offset() + length;
    }

    /** Like {@link #open(String)} for a message inside one that ends at {@code outerEnd}. */
    long openInside(String message, long outerEnd) throws IOException {
        expect(CiffFields.BYTES, message);
        long length = length(message, outerEnd);
        return offset() + length;
    }

    private long length(String what, long end) throws IOException {
        long length = varint(what);
        if (length < 0 || length > end - offset()) {
            throw damaged(
                    "the length of " + what + " is " + Long.toUnsignedString(length) + ", more than there is room for");
        }
        return length;
    }

    /** Moves to the next field of the message that ends at {@code end}; false at that end. */
    boolean nextField(long end) throws IOException {
        if (offset() >= end) {
            if (offset() > end) {
                throw damaged("a field passes the end of its message at byte " + end);
            }
            return false;
        }
        long tag = varint("a field's tag");
        wireType = (int) tag & (1 << CiffFields.TAG_SHIFT) - 1;
        field = (int) Math.min(tag >>> CiffFields.TAG_SHIFT, Integer.MAX_VALUE);
        return true;
    }

    int field() {
        return field;
    }

    /** The current field as a number from 0 to 2^31-1. */
    int count(String what) throws IOException {
        long value = number(what);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw damaged("expected " + what + " to be 0 to " + Integer.MAX_VALUE + ", got " + value);
        }
        return (int) value;
    }

    /** The current field as a number. */
    long number(String what) throws IOException {
        expect(CiffFields.VARINT, what);
        return varint(what);
    }

    /** The current field as text of at most {@code longest} bytes. */
    String text(String what, int longest, long end) throws IOException {
        expect(CiffFields.BYTES, what);
        long length = length(what, end);
        if (length > longest) {
            throw damaged(what + " has " + length + " bytes, at most " + longest + " are allowed");
        }
        byte[] bytes = new byte[(int) length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) next(what);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged(what + " is not valid UTF-8");
        }
    }

    /** Passes over the current field, as protobuf wants it for unknown ones. */
    void skip(long end) throws IOException {
        switch (wireType) {
            case CiffFields.VARINT -> varint("a field");
            case CiffFields.FIXED64 -> skipBytes(Long.BYTES);
            case CiffFields.FIXED32 -> skipBytes(Integer.BYTES);
            case CiffFields.BYTES -> skipBytes(length("a field", end));
            default -> throw damaged("field " + field + " has the unknown wire type " + wireType);
        }
    }

    /** Refuses anything more. */
    void expectEnd() throws IOException {
        if (position < limit || fill()) {
            throw damaged("expected the end of the file behind the last document record");
        }
    }

    private void expect(int expected, String what) throws IOException {
        if (wireType != expected) {
            throw damaged("expected wire type " + expected + " for " + what + ", got " + wireType);
        }
    }

    private long varint(String what) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            int part = next(what);
            value |= (part & 0x7FL) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw damaged("a number of more than 10 bytes where " + what + " should be");
    }

    private void skipBytes(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            next("a field");
        }
    }

    private int next(String what) throws IOException {
        if (position == limit && !fill()) {
            throw damaged("the file ends inside of " + what);
        }
        return buffer[position++] & 0xFF;
    }

    private boolean fill() throws IOException {
        bufferOffset += limit;
        position = 0;
        limit = 0;
        try {
            limit = Math.max(0, in.read(buffer));
        } catch (IOException e) {
            throw new IOException(name + ": byte " + bufferOffset + ": cannot be read: " + e.getMessage(), e);
        }
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
