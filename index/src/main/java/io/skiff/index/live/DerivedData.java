package io.skiff.index.live;

import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnType;
import io.skiff.index.columns.ColumnValue;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The vectors and columns of a document as the document store keeps them beside its source.
 *
 * <pre>
 *   u8 version, 1
 *   i32 vector count, then for each vector: string field | i32 token count | string token, each | f32 weight, each
 *   i32 column count, then for each column: string name | i32 value count | u8 type | value, each
 *
 *   string = i32 length in bytes | UTF-8
 *   value  = a string | i64 | f64, as the type says
 * </pre>
 */
final class DerivedData {
    private static final byte VERSION = 1;

    private static final RecentTokens TOKENS = new RecentTokens();

    private final ByteBuffer out;

    private DerivedData(int length) {
        out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of a document's vectors and columns. */
    static byte[] encode(LiveDocument document) {
        DerivedData data = new DerivedData(length(document));
        data.out.put(VERSION);
        data.out.putInt(document.vectors().size());
        document.vectors().forEach(data::putVector);
        data.out.putInt(document.columns().size());
        document.columns().forEach(data::putColumn);
        return data.out.array();
    }

    /** Of all bytes, so that none is copied: documents come by the thousand a second. */
    private static int length(LiveDocument document) {
        int length = Byte.BYTES + 2 * Integer.BYTES;
        for (Map.Entry<String, SparseVector> entry : document.vectors().entrySet()) {
            SparseVector vector = entry.getValue();
            length += length(entry.getKey()) + Integer.BYTES + vector.size() * Float.BYTES;
            for (int i = 0; i < vector.size(); i++) {
                length += length(vector.token(i));
            }
        }
        for (Map.Entry<String, List<ColumnValue>> entry : document.columns().entrySet()) {
            length += length(entry.getKey()) + Integer.BYTES + (entry.getValue().isEmpty() ? 0 : Byte.BYTES);
            for (ColumnValue value : entry.getValue()) {
                length += switch (value) {
                    case ColumnValue.Keyword(String keyword) -> length(keyword);
                    case ColumnValue.Whole whole -> Long.BYTES;
                    case ColumnValue.Real real -> Double.BYTES;
                };
            }
        }
        return length;
    }

    private static int length(String string) {
        return Integer.BYTES + (isAscii(string) ? string.length() : string.getBytes(StandardCharsets.UTF_8).length);
    }

    private static boolean isAscii(String string) {
        for (int i = 0; i < string.length(); i++) {
            if (string.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private void putVector(String field, SparseVector vector) {
        putString(field);
        out.putInt(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            putString(vector.token(i));
        }
        for (int i = 0; i < vector.size(); i++) {
            out.putFloat(vector.weight(i));
        }
    }

    private void putColumn(String name, List<ColumnValue> values) {
        putString(name);
        out.putInt(values.size());
        if (values.isEmpty()) {
            return;
        }
        out.put((byte) ColumnType.of(values.getFirst()).code());
        for (ColumnValue value : values) {
            switch (value) {
                case ColumnValue.Keyword(String keyword) -> putString(keyword);
                case ColumnValue.Whole(long number) -> out.putLong(number);
                case ColumnValue.Real(double number) -> out.putDouble(number);
            }
        }
    }

    private void putString(String string) {
        if (isAscii(string)) { // as most tokens are, which need no array of their own then
            out.putInt(string.length());
            for (int i = 0; i < string.length(); i++) {
                out.put((byte) string.charAt(i));
            }
        } else {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            out.putInt(bytes.length).put(bytes);
        }
    }

    /**
     * The document again.
     *
     * @throws IllegalArgumentException if the bytes are none of a document
     */
    static LiveDocument decode(String id, byte[] derived, byte[] source) {
        return decode(id, ByteBuffer.wrap(derived).order(ByteOrder.LITTLE_ENDIAN), source);
    }

    /** The same, of bytes that are read to their end in little-endian order. */
    static LiveDocument decode(String id, ByteBuffer in, byte[] source) {
        try {
            requireVersion(id, in);
            Map<String, SparseVector> vectors = new HashMap<>();
            for (int remaining = in.getInt(); remaining > 0; remaining--) {
                vectors.put(getString(in), getVector(in));
            }
            Map<String, List<ColumnValue>> columns = new HashMap<>();
            for (int remaining = in.getInt(); remaining > 0; remaining--) {
                columns.put(getString(in), getValues(in));
            }
            return new LiveDocument(id, vectors, columns, source);
        } catch (BufferUnderflowException e) {
            throw cut(id, e);
        }
    }

    /**
     * Adds what the weights of a document are to those of each field, without making anything of its tokens.
     *
     * @param in the bytes of a document, in little-endian order
     * @throws IllegalArgumentException if they are none; the message names it
     */
    static void addWeights(String id, ByteBuffer in, Map<String, FieldWeights> weights) {
        try {
            requireVersion(id, in);
            for (int remaining = in.getInt(); remaining > 0; remaining--) {
                String field = getString(in);
                int size = getSize(in);
                for (int i = 0; i < size; i++) {
                    skipString(in);
                }
                float largest = 0;
                boolean whole = true;
                for (int i = 0; i < size; i++) {
                    float weight = in.getFloat();
                    largest = Math.max(largest, weight);
                    whole &= FieldWeights.isWhole(weight);
                }
                if (size > 0) {
                    weights.merge(field, new FieldWeights(largest, whole, size), FieldWeights::and);
                }
            }
        } catch (BufferUnderflowException e) {
            throw cut(id, e);
        }
    }

    private static void requireVersion(String id, ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "the stored vectors of document '" + id + "' have version " + version + ", expected " + VERSION);
        }
    }

    private static IllegalArgumentException cut(String id, BufferUnderflowException cause) {
        return new IllegalArgumentException("the stored vectors of document '" + id + "' are cut", cause);
    }

    /** The number of tokens that follow. */
    private static int getSize(ByteBuffer in) {
        int size = in.getInt();
        if (size < 0 || size > in.remaining() / (Integer.BYTES + Float.BYTES)) {
            throw new BufferUnderflowException();
        }
        return size;
    }

    private static void skipString(ByteBuffer in) {
        int length = getLength(in);
        in.position(in.position() + length);
    }

    /** The length of the string that follows. */
    private static int getLength(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static SparseVector getVector(ByteBuffer in) {
        int size = getSize(in);
        String[] tokens = new String[size];
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            tokens[i] = TOKENS.read(in, getLength(in));
        }
        for (int i = 0; i < size; i++) {
            weights[i] = in.getFloat();
        }
        return SparseVector.of(tokens, weights);
    }

    private static List<ColumnValue> getValues(ByteBuffer in) {
        int size = in.getInt();
        List<ColumnValue> values = new ArrayList<>();
        if (size > 0) {
            byte code = in.get();
            ColumnType type = ColumnType.ofCode(code);
            if (type == null) {
                throw new IllegalArgumentException("a column of the unknown type " + code);
            }
            for (int i = 0; i < size; i++) {
                values.add(
                        switch (type) {
                            case KEYWORD -> new ColumnValue.Keyword(getString(in));
                            case WHOLE -> new ColumnValue.Whole(in.getLong());
                            case REAL -> new ColumnValue.Real(in.getDouble());
                        });
            }
        }
        return values;
    }

    private static String getString(ByteBuffer in) {
        byte[] bytes = new byte[getLength(in)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
