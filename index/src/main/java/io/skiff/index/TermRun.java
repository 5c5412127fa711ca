package io.skiff.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The postings of one chunk by term, docIds ascending in each, on the heap or on disk. */
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

        /** The same on disk. */
        Spilled spill(SpillFile file) throws IOException {
            return new Spilled(
                    file,
                    docIds.length,
                    file.append(MemorySegment.ofArray(starts)),
                    file.append(MemorySegment.ofArray(docIds)),
                    file.append(MemorySegment.ofArray(impacts)));
        }
    }

    /** A run in a file, and where its arrays are in it. */
    record Spilled(SpillFile file, int postingCount, long starts, long docIds, long impacts) implements TermRun {
        @Override
        public Slice slice(int fromTerm, int toTerm) throws IOException {
            int[] sliceStarts = new int[toTerm - fromTerm + 1];
            file.read(starts + (long) fromTerm * Integer.BYTES, MemorySegment.ofArray(sliceStarts));
            int first = sliceStarts[0];
            int[] sliceDocIds = new int[sliceStarts[toTerm - fromTerm] - first];
            byte[] sliceImpacts = new byte[sliceDocIds.length];
            file.read(docIds + (long) first * Integer.BYTES, MemorySegment.ofArray(sliceDocIds));
            file.read(impacts + first, MemorySegment.ofArray(sliceImpacts));
            for (int i = 0; i < sliceStarts.length; i++) {
                sliceStarts[i] -= first;
            }
            return new Slice(sliceStarts, sliceDocIds, sliceImpacts);
        }
    }
}
