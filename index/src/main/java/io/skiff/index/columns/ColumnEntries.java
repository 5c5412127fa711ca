package io.skiff.index.columns;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/** The pairs of document and ordinal of a column, each once, by document and by ordinal. */
record ColumnEntries(int[] documentStarts, int[] ordinals, int[] ordinalStarts, int[] documents, int documentCount) {
    static ColumnEntries of(IntArrayList documents, int[] ordinals, int valueCount, int documentCount) {
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
        return new ColumnEntries(starts, Arrays.copyOf(kept, size), ordinalStarts, byOrdinal, documentCount);
    }

    int entryCount() {
        return ordinals.length;
    }

    /** How many documents each ordinal has. */
    void writeCounts(PayloadOutput out) throws IOException {
        for (int ordinal = 0; ordinal < ordinalStarts.length - 1; ordinal++) {
            out.putInt(count(ordinal));
        }
    }

    private int count(int ordinal) {
        return ordinalStarts[ordinal + 1] - ordinalStarts[ordinal];
    }

    boolean multi() {
        for (int docId = 0; docId < documentCount; docId++) {
            if (documentStarts[docId + 1] - documentStarts[docId] > 1) {
                return true;
            }
        }
        return false;
    }

    /** The documents of each ordinal as they are written; null where they are few and listed. */
    byte[][] bitmaps() {
        byte[][] bitmaps = new byte[ordinalStarts.length - 1][];
        for (int ordinal = 0; ordinal < bitmaps.length; ordinal++) {
            if (count(ordinal) >= ColumnsLayout.BITMAP_MIN_DOCUMENTS) {
                bitmaps[ordinal] = bitmap(ordinal);
            }
        }
        return bitmaps;
    }

    /** Where the documents of each ordinal begin, and where the last end. */
    void writePlaces(PayloadOutput out, byte[][] bitmaps) throws IOException {
        long place = 0;
        for (int ordinal = 0; ordinal < ordinalStarts.length - 1; ordinal++) {
            out.putLong(place);
            place += bitmaps[ordinal] == null ? (long) count(ordinal) * Integer.BYTES : bitmaps[ordinal].length;
        }
        out.putLong(place);
    }

    /** The documents of each ordinal. */
    void writeDocuments(PayloadOutput out, byte[][] bitmaps) throws IOException {
        for (int ordinal = 0; ordinal < ordinalStarts.length - 1; ordinal++) {
            if (bitmaps[ordinal] == null) {
                for (int i = ordinalStarts[ordinal]; i < ordinalStarts[ordinal + 1]; i++) {
                    out.putInt(documents[i]);
                }
            } else {
                out.putBytes(bitmaps[ordinal]);
            }
        }
    }

    private byte[] bitmap(int ordinal) {
        RoaringBitmapWriter<RoaringBitmap> writer = RoaringBitmapWriter.writer().get();
        for (int i = ordinalStarts[ordinal]; i < ordinalStarts[ordinal + 1]; i++) {
            writer.add(documents[i]);
        }
        byte[] bytes = serialize(writer.get());
        return Arrays.copyOf(bytes, bytes.length + (-bytes.length & (Integer.BYTES - 1)));
    }

    /** What documents have: where each begins if one has several, then ordinals; else an ordinal or -1 for each. */
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

    /** The documents that have a value, as a bitmap. */
    byte[] present() {
        RoaringBitmapWriter<RoaringBitmap> writer = RoaringBitmapWriter.writer().get();
        for (int docId = 0; docId < documentCount; docId++) {
            if (documentStarts[docId + 1] > documentStarts[docId]) {
                writer.add(docId);
            }
        }
        return serialize(writer.get());
    }

    private static byte[] serialize(RoaringBitmap bitmap) {
        bitmap.runOptimize();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            bitmap.serialize(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
