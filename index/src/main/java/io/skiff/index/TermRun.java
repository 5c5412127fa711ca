package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The postings of one chunk by term, docIds ascending in each, on the heap or put away. */
sealed interface TermRun {
    /**
     * A slice of the runs' terms, read whole.
     *
     * @param starts where the postings of each term are in the arrays, and where the last end
     * @param docIds the documents
     * @param impacts their impacts
     */
    record Slice(int[] starts, int[] docIds, byte[] impacts) {}

    /** The terms from one to another, exclusive. */
    Slice slice(int fromTerm, int toTerm) throws IOException;

    /** The number of postings. */
    int postingCount();

    /** A run on the heap. */
    record Held(int[] starts, int[] docIds, byte[] impacts) implements TermRun {
        @Override
        public Slice slice(int fromTerm, int toTerm) {
            int[] sliceStarts = new int[toTerm - fromTerm + 1];
            System.arraycopy(starts, fromTerm, sliceStarts, 0, sliceStarts.length);
            return new Slice(sliceStarts, docIds, impacts);
        }

        @Override
        public int postingCount() {
            return docIds.length;
        }

        /** The same outside of the heap. */
        PutAway putAway(HeldArrays arrays) throws IOException {
            return new PutAway(
                    arrays,
                    docIds.length,
                    arrays.add(MemorySegment.ofArray(starts)),
                    arrays.add(MemorySegment.ofArray(docIds)),
                    arrays.add(MemorySegment.ofArray(impacts)));
        }
    }

    /** A run that was put away, and the places of its arrays. */
    record PutAway(HeldArrays arrays, int postingCount, long starts, long docIds, long impacts) implements TermRun {
        @Override
        public Slice slice(int fromTerm, int toTerm) throws IOException {
            int[] sliceStarts = new int[toTerm - fromTerm + 1];
            arrays.read(starts, (long) fromTerm * Integer.BYTES, MemorySegment.ofArray(sliceStarts));
            int first = sliceStarts[0];
            int[] sliceDocIds = new int[sliceStarts[toTerm - fromTerm] - first];
            byte[] sliceImpacts = new byte[sliceDocIds.length];
            arrays.read(docIds, (long) first * Integer.BYTES, MemorySegment.ofArray(sliceDocIds));
            arrays.read(impacts, first, MemorySegment.ofArray(sliceImpacts));
            for (int i = 0; i < sliceStarts.length; i++) {
                sliceStarts[i] -= first;
            }
            return new Slice(sliceStarts, sliceDocIds, sliceImpacts);
        }
    }
}
