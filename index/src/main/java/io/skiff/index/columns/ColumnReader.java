package io.skiff.index.columns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/** One column: its distinct values by ordinal, the ordinals of a document, and the documents of an ordinal. */
public final class ColumnReader {
    private static final int BATCH = 256;

    private final String name;
    private final ColumnType type;
    private final int documentCount;
    private final int valueCount;
    private final int entryCount;
    private final boolean multi;
    private final MemorySegment values;
    private final MemorySegment strings;
    private final MemorySegment counts;
    private final MemorySegment places;
    private final MemorySegment documents;
    private final MemorySegment ordinals;
    private final MemorySegment present;

    ColumnReader(MemorySegment payload, long entry, int documentCount) {
        this.documentCount = documentCount;
        name = new String(
                payload.asSlice(
                                payload.get(ColumnsLayout.LONG, entry + ColumnLayout.NAME_OFFSET_OFFSET),
                                payload.get(ColumnsLayout.INT, entry + ColumnLayout.NAME_BYTES_OFFSET))
                        .toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.UTF_8);
        int code = payload.get(ColumnsLayout.INT, entry + ColumnLayout.TYPE_OFFSET);
        type = ColumnType.ofCode(code);
        if (type == null) {
            throw new IllegalArgumentException("column '" + name + "' is of the unknown type " + code);
        }
        valueCount = payload.get(ColumnsLayout.INT, entry + ColumnLayout.VALUE_COUNT_OFFSET);
        entryCount = payload.get(ColumnsLayout.INT, entry + ColumnLayout.ENTRY_COUNT_OFFSET);
        multi = payload.get(ColumnsLayout.INT, entry + ColumnLayout.IS_MULTI_OFFSET) != 0;
        boolean keywords = type == ColumnType.KEYWORD;
        values = part(payload, entry + ColumnLayout.VALUES_OFFSET_OFFSET, (valueCount + (keywords ? 1L : 0)) * 8);
        strings = keywords
                ? part(
                        payload,
                        entry + ColumnLayout.STRINGS_OFFSET_OFFSET,
                        values.get(ColumnsLayout.LONG, valueCount * 8L))
                : MemorySegment.NULL;
        counts = part(payload, entry + ColumnLayout.COUNTS_OFFSET_OFFSET, valueCount * 4L);
        places = part(payload, entry + ColumnLayout.PLACES_OFFSET_OFFSET, (valueCount + 1L) * 8);
        documents = part(
                payload, entry + ColumnLayout.DOCUMENTS_OFFSET_OFFSET, places.get(ColumnsLayout.LONG, valueCount * 8L));
        ordinals = part(
                payload,
                entry + ColumnLayout.ORDINALS_OFFSET_OFFSET,
                multi ? (documentCount + 1L + entryCount) * 4 : documentCount * 4L);
        present = part(
                payload,
                entry + ColumnLayout.PRESENT_OFFSET_OFFSET,
                payload.get(ColumnsLayout.INT, entry + ColumnLayout.PRESENT_BYTES_OFFSET));
    }

    private static MemorySegment part(MemorySegment payload, long offsetAt, long bytes) {
        return payload.asSlice(payload.get(ColumnsLayout.LONG, offsetAt), bytes);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** What the values are. */
    public ColumnType type() {
        return type;
    }

    /** Distinct values; ordinals are 0 to this, exclusive, in the order of the values. */
    public int valueCount() {
        return valueCount;
    }

    /** Pairs of a document and a value of it. */
    public int entryCount() {
        return entryCount;
    }

    /** Whether some document has several values. */
    public boolean multi() {
        return multi;
    }

    /** The value of an ordinal. */
    public ColumnValue value(int ordinal) {
        return switch (type) {
            case KEYWORD -> new ColumnValue.Keyword(new String(keyword(ordinal), StandardCharsets.UTF_8));
            case WHOLE -> new ColumnValue.Whole(number(ordinal));
            case REAL -> new ColumnValue.Real(SortableNumbers.decodeReal(number(ordinal)));
        };
    }

    /** The number of an ordinal as it is stored, so that the order is that of longs. */
    long number(int ordinal) {
        return values.get(ColumnsLayout.LONG, ordinal * 8L);
    }

    /** The UTF-8 of the keyword of an ordinal, a fresh copy. */
    byte[] keyword(int ordinal) {
        return keywordMemory(ordinal).toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment keywordMemory(int ordinal) {
        long start = number(ordinal);
        return strings.asSlice(start, number(ordinal + 1) - start);
    }

    /** The least ordinal of a document, or -1 if it has no value. */
    public int firstOrdinal(int docId) {
        if (!multi) {
            return ordinals.get(ColumnsLayout.INT, docId * 4L);
        }
        int start = start(docId);
        return start == start(docId + 1) ? -1 : ordinal(start);
    }

    /** The largest ordinal of a document, or -1 if it has no value. */
    public int lastOrdinal(int docId) {
        if (!multi) {
            return ordinals.get(ColumnsLayout.INT, docId * 4L);
        }
        int end = start(docId + 1);
        return start(docId) == end ? -1 : ordinal(end - 1);
    }

    /** The number of values of a document. */
    public int valueCount(int docId) {
        return multi ? start(docId + 1) - start(docId) : firstOrdinal(docId) < 0 ? 0 : 1;
    }

    /** The ordinal of the i-th value of a document, ascending. */
    public int ordinal(int docId, int i) {
        return multi ? ordinal(start(docId) + i) : firstOrdinal(docId);
    }

    private int start(int docId) {
        return ordinals.get(ColumnsLayout.INT, docId * 4L);
    }

    private int ordinal(int entry) {
        return ordinals.get(ColumnsLayout.INT, (documentCount + 1L + entry) * 4);
    }

    /** The number of documents with the value of an ordinal. */
    public int documentFrequency(int ordinal) {
        return counts.get(ColumnsLayout.INT, ordinal * 4L);
    }

    /** The documents of an ordinal, ascending, a fresh copy. */
    int[] documents(int ordinal) {
        long start = places.get(ColumnsLayout.LONG, ordinal * 8L);
        MemorySegment stored = documents.asSlice(start, places.get(ColumnsLayout.LONG, (ordinal + 1L) * 8) - start);
        return documentFrequency(ordinal) < ColumnsLayout.BITMAP_MIN_DOCUMENTS
                ? stored.toArray(ColumnsLayout.INT)
                : bitmap(stored).toArray();
    }

    private static ImmutableRoaringBitmap bitmap(MemorySegment memory) {
        return new ImmutableRoaringBitmap(memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Takes the documents of an ordinal into a set. */
    void collect(int ordinal, DocBits into) {
        long start = places.get(ColumnsLayout.LONG, ordinal * 8L);
        long end = places.get(ColumnsLayout.LONG, (ordinal + 1L) * 8);
        if (documentFrequency(ordinal) < ColumnsLayout.BITMAP_MIN_DOCUMENTS) {
            for (long at = start; at < end; at += 4) {
                into.set(documents.get(ColumnsLayout.INT, at));
            }
        } else {
            collect(documents.asSlice(start, end - start), into);
        }
    }

    /** Takes every document that has a value into a set. */
    void collectPresent(DocBits into) {
        collect(present, into);
    }

    private static void collect(MemorySegment memory, DocBits into) {
        BatchIterator docIds = bitmap(memory).getBatchIterator();
        int[] batch = new int[BATCH];
        while (docIds.hasNext()) {
            int count = docIds.nextBatch(batch);
            for (int i = 0; i < count; i++) {
                into.set(batch[i]);
            }
        }
    }

    /**
     * The first ordinal whose value is not less than a value; {@link #valueCount()} if there is none.
     *
     * @throws IllegalArgumentException if the value is of another type
     */
    public int ceiling(ColumnValue value) {
        if (ColumnType.of(value) != type) {
            throw new IllegalArgumentException(
                    "column '" + name + "' is of type " + type + ", it cannot be compared with " + value);
        }
        byte[] keyword =
                value instanceof ColumnValue.Keyword(String text) ? text.getBytes(StandardCharsets.UTF_8) : null;
        long number = keyword == null ? SortableNumbers.encode(value) : 0;
        MemorySegment sought = keyword == null ? null : MemorySegment.ofArray(keyword);
        int low = 0;
        int high = valueCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = sought == null ? Long.compare(number(middle), number) : compare(keywordMemory(middle), sought);
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether the value of an ordinal, if there is one, is this one. */
    boolean isAt(int ordinal, ColumnValue value) {
        return ordinal < valueCount && value(ordinal).equals(value);
    }

    /** Whether the keyword of an ordinal begins so. */
    boolean startsWith(int ordinal, byte[] prefix) {
        MemorySegment keyword = keywordMemory(ordinal);
        return keyword.byteSize() >= prefix.length
                && keyword.asSlice(0, prefix.length).mismatch(MemorySegment.ofArray(prefix)) < 0;
    }

    private static int compare(MemorySegment a, MemorySegment b) {
        long at = a.mismatch(b);
        if (at < 0) {
            return 0;
        }
        if (at == a.byteSize() || at == b.byteSize()) {
            return Long.compare(a.byteSize(), b.byteSize());
        }
        return Integer.compare(a.get(ValueLayout.JAVA_BYTE, at) & 0xff, b.get(ValueLayout.JAVA_BYTE, at) & 0xff);
    }
}
