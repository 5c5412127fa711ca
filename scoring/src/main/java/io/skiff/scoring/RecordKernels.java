package io.skiff.scoring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Scores the documents of a block from its record. Pure functions; the scalar twin is the specification and the other
 * equals it bit for bit.
 */
interface RecordKernels {
    /** Documents that a block may have, and a record tell apart. */
    int DOCUMENTS = 8;

    VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** The fastest for registers of so many bits. */
    static RecordKernels forRegisters(int bits) {
        boolean spreadsBytes = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        return bits >= 256 && spreadsBytes ? SimdRecordKernels.ofWidth(bits) : new ScalarRecordKernels();
    }

    /**
     * Writes the score of each document of a block.
     *
     * @param records holds the record at {@code record}, and at least 64 bytes behind it
     * @param threshold 0 or more
     * @param scores receives {@value #DOCUMENTS} scores, 0 for documents that do not match
     * @return two masks of documents, a bit each: {@link #matches} and {@link #candidates} take them apart
     */
    int score(byte[] records, int record, RecordTerms terms, int threshold, int[] scores);

    /** The documents with a score above zero, in what {@link #score} returned. */
    static int matches(int masks) {
        return masks >>> DOCUMENTS;
    }

    /** The documents among them whose score is the threshold or more. */
    static int candidates(int masks) {
        return masks & (1 << DOCUMENTS) - 1;
    }

    static int masks(int matches, int candidates) {
        return (matches << DOCUMENTS) | (candidates & matches);
    }

    /** The offset within a record that stands at a position. */
    static int offset(byte[] records, int at, boolean narrow) {
        return narrow ? (short) SHORT.get(records, at) & 0xFFFF : (int) INT.get(records, at);
    }
}
