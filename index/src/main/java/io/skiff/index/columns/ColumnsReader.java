package io.skiff.index.columns;

import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The columns of a segment over their payload, which must outlive this. Safe for use by several threads. */
public final class ColumnsReader {
    private final int documentCount;
    private final SortedMap<String, ColumnReader> columns = new TreeMap<>();

    /**
     * Over a payload as {@link ColumnsWriter} writes it.
     *
     * @throws IllegalArgumentException if it is none, or of another number of documents
     */
    public ColumnsReader(MemorySegment payload, int documentCount) {
        this.documentCount = documentCount;
        long tail = payload.byteSize() - ColumnsLayout.BYTES;
        if (tail < 0) {
            throw new IllegalArgumentException("columns of " + payload.byteSize() + " bytes are cut");
        }
        int found = payload.get(ColumnsLayout.INT, tail + ColumnsLayout.DOCUMENT_COUNT_OFFSET);
        if (found != documentCount) {
            throw new IllegalArgumentException(
                    "the columns are of " + found + " documents, the segment has " + documentCount);
        }
        int count = payload.get(ColumnsLayout.INT, tail + ColumnsLayout.COLUMN_COUNT_OFFSET);
        long directory = payload.get(ColumnsLayout.LONG, tail + ColumnsLayout.DIRECTORY_OFFSET_OFFSET);
        if (count < 0 || directory < 0 || directory + (long) count * ColumnLayout.BYTES != tail) {
            throw new IllegalArgumentException("the directory of " + count + " columns at " + directory
                    + " does not end where it must, at " + tail);
        }
        try {
            for (int i = 0; i < count; i++) {
                ColumnReader column =
                        new ColumnReader(payload, directory + (long) i * ColumnLayout.BYTES, documentCount);
                columns.put(column.name(), column);
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a column lies outside of the payload: " + e.getMessage(), e);
        }
    }

    /** Documents of the segment. */
    public int documentCount() {
        return documentCount;
    }

    /** All columns by name. */
    public Map<String, ColumnReader> columns() {
        return Collections.unmodifiableSortedMap(columns);
    }

    /** A column; none if no document of the segment has a value for it. */
    public Optional<ColumnReader> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }
}
