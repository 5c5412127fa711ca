package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxPlan;
import io.skiff.index.blockmax.BoundsEncoder;
import io.skiff.index.blockmax.BoundsKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Gathers the postings of consecutive terms from all runs and encodes them. Safe for use by several threads. */
final class TermRangeEncoder {
    /**
     * The terms of a range, encoded; arrays by term.
     *
     * @param postings impact-ordered postings one after the other; empty if they are not wanted
     * @param postingsLengths their lengths
     * @param partCounts their parts
     * @param largestImpacts the largest impact of each term
     * @param bounds bounds one after the other; empty without block-max structures
     * @param boundsLengths their lengths
     * @param boundsKinds how they are encoded
     */
    record Encoded(
            byte[] postings,
            int[] postingsLengths,
            int[] partCounts,
            int[] largestImpacts,
            byte[] bounds,
            int[] boundsLengths,
            BoundsKind[] boundsKinds) {}

    /** A gap of up to 16 bits and, in a mixed tier, an impact. */
    private static final int USUAL_POSTING_BYTES = 3;

    private static final int MOST_ROOM = 1 << 28;

    private final List<TermRun> runs;
    private final int[] postingCounts;
    private final BlockMaxPlan blockMax;
    private final boolean writesPostings;

    /** With the plan of the block-max structures, or null. */
    TermRangeEncoder(List<TermRun> runs, int[] postingCounts, BlockMaxPlan blockMax, boolean writesPostings) {
        this.runs = runs;
        this.postingCounts = postingCounts;
        this.blockMax = blockMax;
        this.writesPostings = writesPostings;
    }

    /** Encodes the terms from one to another, exclusive. */
    Encoded encode(int fromTerm, int toTerm) throws IOException {
        TermRun.Slice[] slices = new TermRun.Slice[runs.size()];
        for (int run = 0; run < slices.length; run++) {
            slices[run] = runs.get(run).slice(fromTerm, toTerm);
        }
        int most = 0;
        long all = 0;
        for (int termId = fromTerm; termId < toTerm; termId++) {
            most = Math.max(most, postingCounts[termId]);
            all += postingCounts[termId];
        }
        int[] docIds = new int[most];
        byte[] impacts = new byte[most];
        int count = toTerm - fromTerm;
        Encoded encoded = new Encoded(
                new byte[0],
                new int[count],
                new int[count],
                new int[count],
                new byte[0],
                new int[count],
                new BoundsKind[count]);
        ByteArrayOutputStream postings =
                new ByteArrayOutputStream(writesPostings ? (int) Math.min(all * USUAL_POSTING_BYTES, MOST_ROOM) : 0);
        ByteArrayOutputStream bounds = new ByteArrayOutputStream();
        PostingsEncoder postingsEncoder = new PostingsEncoder();
        BoundsEncoder boundsEncoder = blockMax == null ? null : blockMax.newBoundsEncoder();
        for (int term = 0; term < count; term++) {
            int postingCount = gather(slices, term, docIds, impacts);
            assert postingCount == postingCounts[fromTerm + term];
            encoded.largestImpacts[term] = largest(impacts, postingCount);
            if (writesPostings) {
                encoded.postingsLengths[term] = postingsEncoder.encode(docIds, impacts, postingCount);
                encoded.partCounts[term] = postingsEncoder.partCount();
                postings.write(postingsEncoder.bytes(), 0, encoded.postingsLengths[term]);
            }
            if (boundsEncoder != null) {
                encoded.boundsLengths[term] = boundsEncoder.encode(docIds, impacts, postingCount);
                encoded.boundsKinds[term] = boundsEncoder.kind();
                bounds.write(boundsEncoder.bytes(), 0, encoded.boundsLengths[term]);
            }
        }
        return new Encoded(
                postings.toByteArray(),
                encoded.postingsLengths,
                encoded.partCounts,
                encoded.largestImpacts,
                bounds.toByteArray(),
                encoded.boundsLengths,
                encoded.boundsKinds);
    }

    /** Copies the postings of a term out of all slices, whose documents ascend; returns their number. */
    private static int gather(TermRun.Slice[] slices, int term, int[] docIds, byte[] impacts) {
        int count = 0;
        for (TermRun.Slice slice : slices) {
            int start = slice.starts()[term];
            int length = slice.starts()[term + 1] - start;
            System.arraycopy(slice.docIds(), start, docIds, count, length);
            System.arraycopy(slice.impacts(), start, impacts, count, length);
            count += length;
        }
        return count;
    }

    private static int largest(byte[] impacts, int count) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Byte.toUnsignedInt(impacts[i]));
        }
        return largest;
    }
}
