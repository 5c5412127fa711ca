package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.DenseBoundsLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The sum of the bounds of a query's essential terms for every block of a range of a segment, at most 2^15 - 1. Blocks
 * are numbered from the start of the range. Used again.
 */
final class BlockSums {
    /**
     * Groups of blocks whose sums, 128 kB, stay in the second-level cache while all dense terms are added. With a fourth of
     * that they stay in the first-level cache, but every tile begins the streams of all terms anew: 4 % more time.
     */
    private static final int TILE_GROUPS = 1024;

    private static final int HISTOGRAM_SHIFT = 5;

    private static final int MOST_SAMPLES = 8192;

    /** Samples above a cut that place it well enough: a fifth too many or too few blocks cost little. */
    private static final int SAMPLES_ABOVE = 24;

    private final BlockMaxKernels kernels;
    private final int tileGroups;
    private final BoundScale scale = new BoundScale();
    private final DensePass dense = new DensePass();
    private final SparsePass sparse = new SparsePass();
    private final DenseTerms denseTerms = new DenseTerms();
    private final int[] histogram = new int[(BoundScale.MAX_BOUND >>> HISTOGRAM_SHIFT) + 1];
    private MemorySegment sums = MemorySegment.NULL;
    private short[] largestOfGroup = {};
    private BlockRange range;
    private int blockCount;
    private int groupCount;

    BlockSums(BlockMaxKernels kernels) {
        this(kernels, TILE_GROUPS);
    }

    /** With tiles of another size, for tests. */
    BlockSums(BlockMaxKernels kernels, int tileGroups) {
        this.kernels = kernels;
        this.tileGroups = tileGroups;
    }

    /** What a sum stands for. */
    BoundScale scale() {
        return scale;
    }

    int get(int block) {
        return sums.get(LittleEndian.SHORT, (long) block * Short.BYTES);
    }

    /**
     * Replaces the sums by those of a query over a range of groups of 64 blocks. Blocks without an accepted document sum
     * to 0.
     *
     * @return false if it was told to stop; then sums are missing
     */
    boolean add(BlockMaxReader blocks, SegmentTerms terms, AcceptedDocs accepted, BlockRange range, StopSignal stop) {
        this.range = range;
        blockCount = Math.min(range.endBlock(), blocks.blockCount()) - range.firstBlock();
        groupCount = range.groupCount();
        denseTerms.reset(blocks, terms, kernels.readsUnpacked());
        scale.fit(terms, denseTerms);
        dense.reset(blocks, terms, denseTerms, scale, range.firstGroup());
        sparse.reset(blocks, terms, scale, range, kernels.readsUnpacked());
        reserve();
        for (int group = 0; group < groupCount; group += tileGroups) {
            if (stop.shouldStop()) {
                return false;
            }
            addTile(blocks, accepted, group, Math.min(groupCount, group + tileGroups));
        }
        return !stop.shouldStop();
    }

    /** Collects the blocks, ascending, whose sum is in {@code low..high}; returns how many. */
    int collect(int low, int high, int[] blocks) {
        return kernels.collect(sums, largestOfGroup, groupCount, low, high, blocks);
    }

    /** Room that {@link #collect} may need. */
    int blockCapacity() {
        return groupCount * DenseBoundsLayout.GROUP_BLOCKS;
    }

    /** A bound, at least 1, that about {@code rank} blocks or more reach, if so many have a bound at all. */
    int boundOfRank(int rank) {
        Arrays.fill(histogram, 0);
        int wanted = rank;
        if (rank <= groupCount / 2) {
            // So few blocks, were they anywhere, would be in so many groups; if they are close together, a few more are
            // taken than were asked for.
            wanted = (int) Math.ceil(groupCount * -Math.expm1(-(double) rank / groupCount));
            for (int group = 0; group < groupCount; group++) {
                histogram[largestOfGroup[group] >>> HISTOGRAM_SHIFT]++;
            }
        } else {
            int stride = Math.max(blockCount / MOST_SAMPLES + 1, rank / SAMPLES_ABOVE);
            for (int block = 0; block < blockCount; block += stride) {
                histogram[get(block) >>> HISTOGRAM_SHIFT]++;
            }
            wanted = rank / stride + 1;
        }
        for (int bucket = histogram.length - 1, above = 0; bucket > 0; bucket--) {
            above += histogram[bucket];
            if (above >= wanted) {
                return bucket << HISTOGRAM_SHIFT;
            }
        }
        return 1;
    }

    /** All there is to do for a tile, while its sums are in the cache. */
    private void addTile(BlockMaxReader blocks, AcceptedDocs accepted, int group, int end) {
        clear(group, end);
        kernels.addDense(blocks.bounds(), dense, sums, group, end);
        sparse.add(sums, Math.min(blockCount, end * DenseBoundsLayout.GROUP_BLOCKS));
        if (!accepted.acceptsAll()) {
            clearRejected(blocks, accepted, group, end);
        }
        kernels.largestOfGroups(sums, group, end, largestOfGroup);
    }

    private void clearRejected(BlockMaxReader blocks, AcceptedDocs accepted, int firstGroup, int endGroup) {
        for (int group = firstGroup; group < endGroup; group++) {
            long kept = accepted.ofGroup(range.firstGroup() + group, blocks.blockShift(), blocks.documentCount());
            if (kept == 0) {
                clear(group, group + 1);
                continue;
            }
            int first = group * DenseBoundsLayout.GROUP_BLOCKS;
            for (long rest = ~kept; rest != 0; rest &= rest - 1) {
                long at = (long) (first + Long.numberOfTrailingZeros(rest)) * Short.BYTES;
                sums.set(LittleEndian.SHORT, at, (short) 0);
            }
        }
    }

    private void reserve() {
        long bytes = (long) blockCapacity() * Short.BYTES;
        if (sums.byteSize() < bytes) {
            sums = Arena.ofAuto().allocate(bytes, Long.SIZE);
            largestOfGroup = new short[groupCount];
        }
    }

    private void clear(int firstGroup, int endGroup) {
        long end = (long) endGroup * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES;
        for (long at = (long) firstGroup * DenseBoundsLayout.GROUP_BLOCKS * Short.BYTES; at < end; at += Long.BYTES) {
            sums.set(LittleEndian.LONG, at, 0);
        }
    }
}
