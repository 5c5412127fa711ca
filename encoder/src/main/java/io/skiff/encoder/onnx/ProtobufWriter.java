package io.skiff.encoder.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of one small protobuf message. */
final class ProtobufWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtobufWriter varint(int field, long value) {
        writeVarint((long) field << 3 | ProtobufReader.VARINT);
        writeVarint(value);
        return this;
    }

    ProtobufWriter bytes(int field, byte[] value) {
        bytesHeader(field, value.length);
        out.writeBytes(value);
        return this;
    }

    ProtobufWriter string(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtobufWriter message(int field, ProtobufWriter value) {
        return bytes(field, value.toByteArray());
    }

    /** The tag and length of a field whose {@code length} bytes the caller appends elsewhere. */
    ProtobufWriter bytesHeader(int field, long length) {
        writeVarint((long) field << 3 | ProtobufReader.BYTES);
        writeVarint(length);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    private void writeVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
