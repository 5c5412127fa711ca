package io.skiff.index.columns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/** Gathers the values of one column, document by document, and writes it. */
final class ColumnBuilder {
    private final ColumnType type;
    private final IntArrayList documents = new IntArrayList();
    private final LongArrayList values = new LongArrayList(); // sortable, or the numbers of keywords
    private final KeywordNumbers keywords = new KeywordNumbers();

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
                        ? keywords.number(keyword.getBytes(StandardCharsets.UTF_8))
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
        long[] numbers = type == ColumnType.KEYWORD ? null : distinct();
        int[] strings = type == ColumnType.KEYWORD ? keywords.sorted() : null;
        long stringsOffset = numbers != null ? writeNumbers(out, numbers) : writeStrings(out, strings);
        int valueCount = numbers != null ? numbers.length : strings.length;
        int[] entryOrdinals = numbers != null ? numberOrdinals(numbers) : keywordOrdinals(strings);
        ColumnEntries entries = ColumnEntries.of(documents, entryOrdinals, valueCount, documentCount);
        long countsOffset = out.align(ColumnsLayout.ALIGNMENT);
        entries.writeCounts(out);
        long placesOffset = out.align(ColumnsLayout.ALIGNMENT);
        byte[][] bitmaps = entries.bitmaps();
        entries.writePlaces(out, bitmaps);
        long documentsOffset = out.align(ColumnsLayout.ALIGNMENT);
        entries.writeDocuments(out, bitmaps);
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

    private static long writeNumbers(PayloadOutput out, long[] sorted) throws IOException {
        for (long value : sorted) {
            out.putLong(value);
        }
        return out.position();
    }

    private long writeStrings(PayloadOutput out, int[] sorted) throws IOException {
        long end = 0;
        for (int number : sorted) {
            out.putLong(end);
            end += keywords.length(number);
        }
        out.putLong(end);
        long offset = out.position();
        for (int number : sorted) {
            keywords.write(number, out);
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

    private int[] keywordOrdinals(int[] sorted) {
        int[] ordinalOfNumber = new int[sorted.length];
        for (int ordinal = 0; ordinal < sorted.length; ordinal++) {
            ordinalOfNumber[sorted[ordinal]] = ordinal;
        }
        int[] ordinals = new int[values.size()];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = ordinalOfNumber[(int) values.getLong(i)];
        }
        return ordinals;
    }
}
