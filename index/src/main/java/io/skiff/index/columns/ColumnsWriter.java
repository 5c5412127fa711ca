package io.skiff.index.columns;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gathers the values of a segment's documents and writes them as columns. What it keeps is 12 bytes a value, the bytes of
 * each distinct keyword and some 30 more, and about as much again, but for those bytes, while a column is written.
 */
public final class ColumnsWriter {
    private final Map<String, ColumnBuilder> columns = new TreeMap<>();
    private int documentCount;

    /** Whether no document so far has a value. */
    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Columns so far. */
    public int columnCount() {
        return columns.size();
    }

    /** The type of a column, if some document so far has a value for it. */
    public Optional<ColumnType> type(String name) {
        return Optional.ofNullable(columns.get(name)).map(ColumnBuilder::type);
    }

    /**
     * Adds the next document.
     *
     * @param values by column; a column gets its type from its first value
     * @throws IllegalArgumentException if a value is of another type than its column
     */
    public void add(Map<String, List<ColumnValue>> values) {
        values.forEach((name, list) -> {
            for (ColumnValue value : list) {
                columns.computeIfAbsent(name, key -> new ColumnBuilder(ColumnType.of(value)))
                        .add(documentCount, value);
            }
        });
        documentCount++;
    }

    /** Writes everything; {@code out} is not closed. */
    public void write(OutputStream out) throws IOException {
        PayloadOutput payload = new PayloadOutput(out);
        List<ColumnBuilder.Written> written = new ArrayList<>();
        for (ColumnBuilder column : columns.values()) {
            written.add(column.write(payload, documentCount));
        }
        List<byte[]> names = new ArrayList<>();
        List<Long> nameOffsets = new ArrayList<>();
        for (String name : columns.keySet()) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            names.add(bytes);
            nameOffsets.add(payload.position());
            payload.putBytes(bytes);
        }
        long directory = payload.align(ColumnsLayout.ALIGNMENT);
        for (int i = 0; i < written.size(); i++) {
            ColumnBuilder.Written column = written.get(i);
            payload.putLong(nameOffsets.get(i));
            payload.putInt(names.get(i).length);
            payload.putInt(column.type().code());
            payload.putInt(column.valueCount());
            payload.putInt(column.entryCount());
            payload.putInt(column.multi() ? 1 : 0);
            payload.putInt(column.presentBytes());
            payload.putLong(column.valuesOffset());
            payload.putLong(column.stringsOffset());
            payload.putLong(column.countsOffset());
            payload.putLong(column.placesOffset());
            payload.putLong(column.documentsOffset());
            payload.putLong(column.ordinalsOffset());
            payload.putLong(column.presentOffset());
        }
        payload.putLong(directory);
        payload.putInt(written.size());
        payload.putInt(documentCount);
        payload.flush();
    }
}
