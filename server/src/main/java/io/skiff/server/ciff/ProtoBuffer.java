package io.skiff.server.ciff;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A protobuf message while it is written; used again for the next. */
final class ProtoBuffer {
    private static final int VARINT_BYTES = 10;

    private byte[] bytes = new byte[1 << 12];
    private int size;

    /** A number; 0 is left out, as proto3 does. */
    void number(int field, long value) {
        if (value != 0) {
            varint((long) field << CiffFields.TAG_SHIFT | CiffFields.VARINT);
            varint(value);
        }
    }

    void text(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint((long) field << CiffFields.TAG_SHIFT | CiffFields.BYTES);
        varint(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    void real(int field, double value) {
        varint((long) field << CiffFields.TAG_SHIFT | CiffFields.FIXED64);
        reserve(Long.BYTES);
        long bits = Double.doubleToLongBits(value);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[size++] = (byte) (bits >>> (i * Byte.SIZE));
        }
    }

    /** A message of two numbers inside this one. */
    void pair(int field, int firstField, long first, int secondField, long second) {
        varint((long) field << CiffFields.TAG_SHIFT | CiffFields.BYTES);
        int length = size;
        // Two small numbers need far less than 128 bytes, so the length is one byte.
        varint(0);
        number(firstField, first);
        number(secondField, second);
        bytes[length] = (byte) (size - length - 1);
    }

    /** Writes the message behind its length, and clears it. */
    void writeTo(OutputStream out) throws IOException {
        int length = size;
        varint(length);
        out.write(bytes, length, size - length);
        out.write(bytes, 0, length);
        size = 0;
    }

    private void varint(long value) {
        reserve(VARINT_BYTES);
        long rest = value;
        for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
            bytes[size++] = (byte) (rest | 0x80);
        }
        bytes[size++] = (byte) rest;
    }

    private void reserve(int count) {
        if (count > bytes.length - size) {
            long wanted = Math.max((long) size + count, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - Long.BYTES));
        }
    }
}
