package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the documents of a build into the files that a search reads, in bounded memory and on several threads. The bytes
 * depend on the documents and on what structures are wanted, on nothing else.
 *
 * <pre>
 *   chunks of documents --ChunkTransposer--> block records, in order
 *                                      \---> runs: postings by term
 *   ranges of terms, from all runs --TermRangeEncoder--> impact-ordered postings and bounds, in order
 * </pre>
 */
final class SegmentWriter {
    private static final int RANGE_POSTINGS = 1 << 20;

    private final SegmentFiles files;
    private final HeldArrays arrays;
    private final BuildOptions options;
    private final SortedTerms terms;
    private final ForwardStore documents;
    private final int[] postingCounts;
    private final BlockMaxPlan blockMax;
    private final boolean writesPostings;
    private final long[] saturatedCounts;
    private final List<TermRun> runs = new ArrayList<>();

    SegmentWriter(
            SegmentFiles files,
            HeldArrays arrays,
            BuildOptions options,
            SortedTerms terms,
            ForwardStore documents,
            TermCounts counts) {
        this.files = files;
        this.arrays = arrays;
        this.options = options;
        this.terms = terms;
        this.documents = documents;
        this.postingCounts = counts.postingCounts(terms);
        int documentCount = documents.documentCount();
        boolean hasBlockMax = BlockMaxPlan.isWanted(documentCount, terms.termCount(), options.blockMax());
        this.blockMax = hasBlockMax
                ? new BlockMaxPlan(
                        documentCount,
                        options.blockMax(),
                        postingCounts,
                        counts.blockCounts(terms),
                        counts.fullestBlock())
                : null;
        this.writesPostings = options.postings().isWanted(documentCount, hasBlockMax);
        this.saturatedCounts = new long[terms.fields().size()];
    }

    /** How many weights of the field at a position were above its scale. */
    long saturatedCount(int field) {
        return saturatedCounts[field];
    }

    /** Writes all that is searched; {@code chunkCount} is that of the documents. */
    void write(int chunkCount) throws IOException {
        try (OrderedTasks tasks = new OrderedTasks(options.threads())) {
            transposeChunks(chunkCount, tasks);
            encodeTerms(tasks);
        }
    }

    private void transposeChunks(int chunkCount, OrderedTasks tasks) throws IOException {
        FrameWriter records = blockMax == null ? null : files.open(FileKind.BLOCKRECORDS);
        FrameWriter offsets = blockMax == null ? null : files.open(FileKind.BLOCKOFFSETS);
        ChunkTransposer transposer = new ChunkTransposer(terms, blockMax);
        tasks.run(chunkCount, chunk -> transposer.transpose(documents.take(chunk)), (chunk, transposed) -> {
            int from = 0;
            for (int length : transposed.recordLengths()) {
                offsets.putLong(records.position());
                records.putBytes(transposed.records(), from, length);
                from += length;
            }
            for (int field = 0; field < saturatedCounts.length; field++) {
                saturatedCounts[field] += transposed.saturatedCounts()[field];
            }
            // The only one is read at once.
            runs.add(chunkCount == 1 ? transposed.run() : transposed.run().putAway(arrays));
            progress(BuildProgress.Phase.BLOCKS, chunk + 1, chunkCount);
        });
        if (blockMax != null) {
            offsets.putLong(records.position());
        }
    }

    private void encodeTerms(OrderedTasks tasks) throws IOException {
        int[] rangeEnds = rangeEnds();
        TermPostings written = TermPostings.ofTerms(postingCounts);
        FrameWriter postings = writesPostings ? files.open(FileKind.POSTINGS) : null;
        FrameWriter bounds = blockMax == null ? null : files.open(FileKind.BLOCKBOUNDS);
        TermRangeEncoder encoder = new TermRangeEncoder(runs, postingCounts, blockMax, writesPostings);
        tasks.run(
                rangeEnds.length,
                range -> encoder.encode(range == 0 ? 0 : rangeEnds[range - 1], rangeEnds[range]),
                (range, encoded) -> {
                    int fromTerm = range == 0 ? 0 : rangeEnds[range - 1];
                    writeRange(fromTerm, encoded, written, postings, bounds);
                    progress(BuildProgress.Phase.TERMS, range + 1, rangeEnds.length);
                });
        if (postings != null) {
            postings.putBytes(new byte[PartLayout.TAIL_BYTES]);
        }
        if (blockMax != null) {
            bounds.putBytes(blockMax.boundsTail());
            blockMax.writeTerms(files.open(FileKind.BLOCKTERMS).stream());
        }
        new TermsWriter(terms, written).write(files.open(FileKind.TERMS));
    }

    private void writeRange(
            int fromTerm,
            TermRangeEncoder.Encoded encoded,
            TermPostings written,
            FrameWriter postings,
            FrameWriter bounds)
            throws IOException {
        long postingsOffset = postings == null ? 0 : postings.position();
        long boundsOffset = bounds == null ? 0 : bounds.position();
        for (int term = 0; term < encoded.largestImpacts().length; term++) {
            int termId = fromTerm + term;
            written.offsets()[termId] = postingsOffset;
            written.partCounts()[termId] = encoded.partCounts()[term];
            written.largestImpacts()[termId] = encoded.largestImpacts()[term];
            postingsOffset += encoded.postingsLengths()[term];
            if (bounds != null) {
                blockMax.putBounds(termId, boundsOffset, encoded.boundsKinds()[term]);
                boundsOffset += encoded.boundsLengths()[term];
            }
        }
        if (postings != null) {
            postings.putBytes(encoded.postings());
        }
        if (bounds != null) {
            bounds.putBytes(encoded.bounds());
        }
    }

    /** Where ranges of terms end that have about as many postings, or one term that has more. */
    private int[] rangeEnds() {
        List<Integer> ends = new ArrayList<>();
        long postings = 0;
        for (int termId = 0; termId < postingCounts.length; termId++) {
            postings += postingCounts[termId];
            if (postings >= RANGE_POSTINGS || termId == postingCounts.length - 1) {
                ends.add(termId + 1);
                postings = 0;
            }
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    private void progress(BuildProgress.Phase phase, int done, int of) {
        options.progress().at(phase, documents.documentCount(), (double) done / of);
    }
}
