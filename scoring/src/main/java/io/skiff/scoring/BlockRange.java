package io.skiff.scoring;

import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.DenseBoundsLayout;

/**
 * A run of groups of 64 blocks: the part of a segment that one thread searches.
 *
 * @param firstGroup the first group
 * @param endGroup the group behind the last
 */
record BlockRange(int firstGroup, int endGroup) {
    /** All of a segment. */
    static BlockRange all(BlockMaxReader blocks) {
        return new BlockRange(0, DenseBoundsLayout.groupCount(blocks.blockCount()));
    }

    /** The part at a position of several of about equal size. */
    BlockRange part(int position, int count) {
        int size = groupCount();
        return new BlockRange(
                firstGroup + (int) ((long) size * position / count),
                firstGroup + (int) ((long) size * (position + 1) / count));
    }

    int groupCount() {
        return endGroup - firstGroup;
    }

    int firstBlock() {
        return firstGroup * DenseBoundsLayout.GROUP_BLOCKS;
    }

    /** Behind the last block of the last group, of which a segment's may have fewer than 64. */
    int endBlock() {
        return endGroup * DenseBoundsLayout.GROUP_BLOCKS;
    }
}
