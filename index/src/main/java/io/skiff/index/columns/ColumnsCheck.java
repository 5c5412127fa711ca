package io.skiff.index.columns;

import java.util.Arrays;

/** What must hold in columns beyond their checksum: the ways in which they say the same thing agree. */
public final class ColumnsCheck {
    private final ColumnReader column;
    private final int documentCount;
    private final int[] frequencies;
    // Sums of something random of each document, so that sets that differ have different ones but for a 64-bit chance.
    private final long[] digests;

    private ColumnsCheck(ColumnReader column, int documentCount) {
        this.column = column;
        this.documentCount = documentCount;
        this.frequencies = new int[column.valueCount()];
        this.digests = new long[column.valueCount()];
    }

    /**
     * Checks every column.
     *
     * @throws IllegalArgumentException that says what does not hold
     */
    public static void run(ColumnsReader columns) {
        for (ColumnReader column : columns.columns().values()) {
            ColumnsCheck check = new ColumnsCheck(column, columns.documentCount());
            try {
                check.checkValues();
                check.checkDocuments();
                check.checkOrdinals();
            } catch (IllegalArgumentException e) {
                throw e;
            } catch (RuntimeException e) { // of whatever kind, since a bitmap that is none is the library's to refuse
                throw new IllegalArgumentException("column '" + column.name() + "' is damaged: " + e, e);
            }
        }
    }

    private void checkValues() {
        byte[] previous = null;
        for (int ordinal = 0; ordinal < column.valueCount(); ordinal++) {
            boolean ascends;
            if (column.type() == ColumnType.KEYWORD) {
                byte[] keyword = column.keyword(ordinal);
                ascends = previous == null || Arrays.compareUnsigned(previous, keyword) < 0;
                previous = keyword;
            } else {
                ascends = ordinal == 0 || column.number(ordinal - 1) < column.number(ordinal);
            }
            if (!ascends) {
                throw wrong("has value " + ordinal + " out of order");
            }
        }
    }

    /** By document, counting what the other way round must be. */
    private void checkDocuments() {
        DocBits present = DocBits.none(documentCount);
        column.collectPresent(present);
        long entries = 0;
        for (int docId = 0; docId < documentCount; docId++) {
            int count = column.valueCount(docId);
            if (count > 0 != present.get(docId) || count < 0) {
                throw wrong("has " + count + " values of document " + docId + ", which does not fit who has any");
            }
            for (int i = 0, previous = -1; i < count; i++) {
                int ordinal = column.ordinal(docId, i);
                if (ordinal <= previous || ordinal >= column.valueCount()) {
                    throw wrong("has ordinal " + ordinal + " behind " + previous + " in document " + docId);
                }
                frequencies[ordinal]++;
                digests[ordinal] += digest(docId);
                previous = ordinal;
                entries++;
            }
        }
        if (entries != column.entryCount()) {
            throw wrong("has " + entries + " entries, expected " + column.entryCount());
        }
    }

    private void checkOrdinals() {
        for (int ordinal = 0; ordinal < column.valueCount(); ordinal++) {
            int[] documents = column.documents(ordinal);
            long digest = 0;
            for (int docId : documents) {
                digest += digest(docId);
            }
            if (documents.length != frequencies[ordinal]
                    || column.documentFrequency(ordinal) != frequencies[ordinal]
                    || documents.length == 0
                    || digest != digests[ordinal]) {
                throw wrong("has " + documents.length + " documents of value " + ordinal + ", and by document "
                        + frequencies[ordinal]);
            }
        }
    }

    private static long digest(int docId) {
        long mixed = (docId + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (mixed ^ (mixed >>> 29)) * 0x94D049BB133111EBL;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("column '" + column.name() + "' " + what);
    }
}
