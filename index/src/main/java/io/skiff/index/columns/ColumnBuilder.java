package io.skiff.index.columns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/** Gathers the values of one column, document by document, and writes it. */
final class ColumnBuilder {
    private final ColumnType type;
    private final IntArrayList documents = new IntArrayList();
    private final LongArrayList values = new LongArrayList(); // numbers, or positions in the order of first appearance
    private final Map<String, Integer> keywords = new HashMap<>();

    ColumnBuilder(ColumnType type) {
        this.type = type;
    }

    ColumnType type() {
        return type;
    }

    /** Adds a value of a document; documents come in ascending order. */
    void add(int docId, ColumnValue value) {
        if (ColumnType.of(value) != type) {
            throw new IllegalArgumentException("a column of type " + type + " got the value " + value);
        }
        documents.addInt(docId);
        values.addLong(
                value instanceof ColumnValue.Keyword(String keyword)
                        ? keywords.computeIfAbsent(keyword, key -> keywords.size())
                        : SortableNumbers.encode(value));
    }

    /** The column as it was written, but for its name. */
    record Written(
            ColumnType type,
            int valueCount,
            int entryCount,
            boolean multi,
            long valuesOffset,
            long stringsOffset,
            long countsOffset,
            long placesOffset,
            long documentsOffset,
            long ordinalsOffset,
            long presentOffset,
            int presentBytes) {}

    Written write(PayloadOutput out, int documentCount) throws IOException {
        long valuesOffset = out.align(ColumnsLayout.ALIGNMENT);
        long[] sorted = type == ColumnType.KEYWORD ? null : distinct();
        byte[][] strings = type == ColumnType.KEYWORD ? sortedKeywords() : null;
        long stringsOffset = sorted != null ? writeNumbers(out, sorted) : writeStrings(out, strings);
        int valueCount = sorted != null ? sorted.length : strings.length;
        int[] entryOrdinals = sorted != null ? numberOrdinals(sorted) : keywordOrdinals(strings);
        Entries entries = Entries.of(documents, entryOrdinals, valueCount, documentCount);
        long countsOffset = out.align(ColumnsLayout.ALIGNMENT);
        byte[][] packed = entries.packDocuments();
        for (int count : entries.counts()) {
            out.putInt(count);
        }
        long placesOffset = out.align(ColumnsLayout.ALIGNMENT);
        long place = 0;
        for (byte[] each : packed) {
            out.putLong(place);
            place += each.length;
        }
        out.putLong(place);
        long documentsOffset = out.align(ColumnsLayout.ALIGNMENT);
        for (byte[] each : packed) {
            out.putBytes(each);
        }
        long ordinalsOffset = out.align(ColumnsLayout.ALIGNMENT);
        entries.writeOrdinals(out);
        long presentOffset = out.align(ColumnsLayout.ALIGNMENT);
        byte[] present = entries.present();
        out.putBytes(present);
        return new Written(
                type,
                valueCount,
                entries.entryCount(),
                entries.multi(),
                valuesOffset,
                stringsOffset,
                countsOffset,
                placesOffset,
                documentsOffset,
                ordinalsOffset,
                presentOffset,
                present.length);
    }

    private long[] distinct() {
        long[] all = values.toLongArray();
        Arrays.sort(all);
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[count++] = all[i];
            }
        }
        return Arrays.copyOf(all, count);
    }

    private byte[][] sortedKeywords() {
        byte[][] strings = keywords.keySet().stream()
                .map(keyword -> keyword.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        Arrays.sort(strings, Arrays::compareUnsigned);
        return strings;
    }

    private static long writeNumbers(PayloadOutput out, long[] sorted) throws IOException {
        for (long value : sorted) {
            out.putLong(value);
        }
        return out.position();
    }

    private static long writeStrings(PayloadOutput out, byte[][] strings) throws IOException {
        long end = 0;
        for (byte[] string : strings) {
            out.putLong(end);
            end += string.length;
        }
        out.putLong(end);
        long offset = out.position();
        for (byte[] string : strings) {
            out.putBytes(string);
        }
        return offset;
    }

    private int[] numberOrdinals(long[] sorted) {
        int[] ordinals = new int[values.size()];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = Arrays.binarySearch(sorted, values.getLong(i));
        }
        return ordinals;
    }

    private int[] keywordOrdinals(byte[][] strings) {
        int[] ordinalOfPosition = new int[strings.length];
        for (int ordinal = 0; ordinal < strings.length; ordinal++) {
            String keyword = new String(strings[ordinal], StandardCharsets.UTF_8);
            ordinalOfPosition[keywords.get(keyword)] = ordinal;
        }
        int[] ordinals = new int[values.size()];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = ordinalOfPosition[(int) values.getLong(i)];
        }
        return ordinals;
    }

    /** The pairs of document and ordinal, each once, by document and by ordinal. */
    private record Entries(
            int[] documentStarts, int[] ordinals, int[] ordinalStarts, int[] documents, int documentCount) {
        static Entries of(IntArrayList documents, int[] ordinals, int valueCount, int documentCount) {
            int[] kept = new int[ordinals.length];
            int[] starts = new int[documentCount + 1];
            int[] counts = new int[valueCount + 1];
            int size = 0;
            int entry = 0;
            for (int docId = 0; docId < documentCount; docId++) {
                starts[docId] = size;
                int from = entry;
                while (entry < ordinals.length && documents.getInt(entry) == docId) {
                    entry++;
                }
                Arrays.sort(ordinals, from, entry);
                for (int i = from; i < entry; i++) {
                    if (i == from || ordinals[i] != ordinals[i - 1]) {
                        kept[size++] = ordinals[i];
                        counts[ordinals[i]]++;
                    }
                }
            }
            starts[documentCount] = size;
            int[] ordinalStarts = new int[valueCount + 1];
            for (int ordinal = 0; ordinal < valueCount; ordinal++) {
                ordinalStarts[ordinal + 1] = ordinalStarts[ordinal] + counts[ordinal];
            }
            int[] byOrdinal = new int[size];
            int[] next = ordinalStarts.clone();
            for (int docId = 0; docId < documentCount; docId++) {
                for (int i = starts[docId]; i < starts[docId + 1]; i++) {
                    byOrdinal[next[kept[i]]++] = docId;
                }
            }
            return new Entries(starts, Arrays.copyOf(kept, size), ordinalStarts, byOrdinal, documentCount);
        }

        int entryCount() {
            return ordinals.length;
        }

        int[] counts() {
            int[] counts = new int[ordinalStarts.length - 1];
            for (int ordinal = 0; ordinal < counts.length; ordinal++) {
                counts[ordinal] = ordinalStarts[ordinal + 1] - ordinalStarts[ordinal];
            }
            return counts;
        }

        boolean multi() {
            for (int docId = 0; docId < documentCount; docId++) {
                if (documentStarts[docId + 1] - documentStarts[docId] > 1) {
                    return true;
                }
            }
            return false;
        }

        byte[][] packDocuments() {
            byte[][] packed = new byte[ordinalStarts.length - 1][];
            for (int ordinal = 0; ordinal < packed.length; ordinal++) {
                packed[ordinal] = pack(ordinalStarts[ordinal], ordinalStarts[ordinal + 1]);
            }
            return packed;
        }

        private byte[] pack(int from, int to) {
            if (to - from < ColumnsLayout.BITMAP_MIN_DOCUMENTS) {
                ByteBuffer list =
                        ByteBuffer.allocate((to - from) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = from; i < to; i++) {
                    list.putInt(documents[i]);
                }
                return list.array();
            }
            RoaringBitmapWriter<RoaringBitmap> writer =
                    RoaringBitmapWriter.writer().get();
            for (int i = from; i < to; i++) {
                writer.add(documents[i]);
            }
            byte[] bytes = serialize(writer.get());
            return Arrays.copyOf(bytes, bytes.length + (-bytes.length & (Integer.BYTES - 1)));
        }

        void writeOrdinals(PayloadOutput out) throws IOException {
            if (multi()) {
                for (int start : documentStarts) {
                    out.putInt(start);
                }
                for (int ordinal : ordinals) {
                    out.putInt(ordinal);
                }
                return;
            }
            for (int docId = 0; docId < documentCount; docId++) {
                int start = documentStarts[docId];
                out.putInt(start == documentStarts[docId + 1] ? -1 : ordinals[start]);
            }
        }

        byte[] present() {
            RoaringBitmapWriter<RoaringBitmap> writer =
                    RoaringBitmapWriter.writer().get();
            for (int docId = 0; docId < documentCount; docId++) {
                if (documentStarts[docId + 1] > documentStarts[docId]) {
                    writer.add(docId);
                }
            }
            return serialize(writer.get());
        }

        private static byte[] serialize(RoaringBitmap bitmap) {
            bitmap.runOptimize();
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            try {
                bitmap.serialize(new java.io.DataOutputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException("memory cannot fail", e);
            }
            return bytes.toByteArray();
        }
    }
}
