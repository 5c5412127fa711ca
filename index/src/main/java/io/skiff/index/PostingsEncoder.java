package io.skiff.index;

import java.util.Arrays;

/** Encodes the impact-ordered postings of one term after the other, {@link PartLayout}. One per thread. */
final class PostingsEncoder {
    private static final int[] GAP_BITS = {8, 12, 16};

    private final int[] counts = new int[Limits.MAX_IMPACT + 1];
    private final int[] starts = new int[Limits.MAX_IMPACT + 1];
    /** The docIds of a window by tier, counted from its first; those of the mixed tier, then their impacts. */
    private int[] docIds = {};

    private byte[] impacts = {};
    private byte[] bytes = new byte[1 << 12];
    private int length;
    private int partCount;

    /** Encodes the postings of a term, docIds ascending; returns the length of the bytes. */
    int encode(int[] termDocIds, byte[] termImpacts, int postingCount) {
        if (docIds.length < postingCount) {
            docIds = new int[postingCount];
            impacts = new byte[postingCount];
        }
        partCount = countParts(termDocIds, postingCount);
        length = 0;
        reserve(partCount * PartLayout.BYTES);
        length = partCount * PartLayout.BYTES;
        int from = 0;
        for (int part = 0; part < partCount; part++) {
            int window = termDocIds[from] >>> PartLayout.WINDOW_SHIFT;
            int to = from + 1;
            while (to < postingCount && termDocIds[to] >>> PartLayout.WINDOW_SHIFT == window) {
                to++;
            }
            int tierCount = encodeWindow(window, termDocIds, termImpacts, from, to);
            int entry = part * PartLayout.BYTES;
            putShortAt(entry + PartLayout.WINDOW_OFFSET, window);
            putShortAt(entry + PartLayout.TIER_COUNT_OFFSET, tierCount);
            putIntAt(entry + PartLayout.END_OFFSET, length - partCount * PartLayout.BYTES);
            from = to;
        }
        return length;
    }

    /** What was encoded last, from 0. */
    byte[] bytes() {
        return bytes;
    }

    /** The windows that have the term. */
    int partCount() {
        return partCount;
    }

    private static int countParts(int[] docIds, int postingCount) {
        int parts = 0;
        int previous = -1;
        for (int i = 0; i < postingCount; i++) {
            int window = docIds[i] >>> PartLayout.WINDOW_SHIFT;
            parts += window == previous ? 0 : 1;
            previous = window;
        }
        return parts;
    }

    /** Returns the number of tiers. */
    private int encodeWindow(int window, int[] termDocIds, byte[] termImpacts, int from, int to) {
        Arrays.fill(counts, 0);
        for (int i = from; i < to; i++) {
            counts[Byte.toUnsignedInt(termImpacts[i])]++;
        }
        int tierCount = 0;
        int mixedStart = 0;
        for (int impact = Limits.MAX_IMPACT; impact > 0; impact--) {
            starts[impact] = mixedStart;
            if (counts[impact] >= TierLayout.LEAST_POSTINGS) {
                mixedStart += counts[impact];
                tierCount++;
            }
        }
        int mixedCount = distribute(window << PartLayout.WINDOW_SHIFT, termDocIds, termImpacts, from, to, mixedStart);
        tierCount += mixedCount > 0 ? 1 : 0;
        int header = length;
        reserve(tierCount * TierLayout.BYTES);
        length += tierCount * TierLayout.BYTES;
        for (int impact = Limits.MAX_IMPACT; impact > 0; impact--) {
            if (counts[impact] >= TierLayout.LEAST_POSTINGS) {
                encodeTier(header, impact, starts[impact] - counts[impact], starts[impact]);
                header += TierLayout.BYTES;
            }
        }
        if (mixedCount > 0) {
            encodeTier(header, TierLayout.MIXED, mixedStart, mixedStart + mixedCount);
        }
        return tierCount;
    }

    /** Puts the docIds of each tier together, in order; returns how many are in none and thus mixed. */
    private int distribute(int firstDocId, int[] termDocIds, byte[] termImpacts, int from, int to, int mixedStart) {
        int mixedCount = 0;
        for (int i = from; i < to; i++) {
            int impact = Byte.toUnsignedInt(termImpacts[i]);
            if (counts[impact] >= TierLayout.LEAST_POSTINGS) {
                docIds[starts[impact]++] = termDocIds[i] - firstDocId;
            } else {
                docIds[mixedStart + mixedCount] = termDocIds[i] - firstDocId;
                impacts[mixedStart + mixedCount++] = termImpacts[i];
            }
        }
        return mixedCount;
    }

    private void encodeTier(int header, int impact, int from, int to) {
        boolean isMixed = impact == TierLayout.MIXED;
        int gapBits = 0;
        int entryCount = 0;
        long least = Long.MAX_VALUE;
        for (int bits : GAP_BITS) {
            int entries = entryCount(bits, from, to);
            long size = TierLayout.gapsBytes(bits, entries) + (isMixed ? entries : 0);
            if (size < least) {
                least = size;
                gapBits = bits;
                entryCount = entries;
            }
        }
        reserve(Math.toIntExact(least));
        putIntAt(header, TierLayout.header(impact, gapBits, entryCount));
        int gaps = length;
        length += (int) least;
        Arrays.fill(bytes, gaps, length, (byte) 0);
        putTier(gaps, gapBits, isMixed ? length - entryCount : -1, from, to);
    }

    private int entryCount(int gapBits, int from, int to) {
        int skip = TierLayout.skip(gapBits);
        int entries = to - from;
        int previous = 0;
        for (int i = from; i < to; i++) {
            int gap = docIds[i] - previous;
            if (gap >= skip) {
                entries += gap / skip;
            }
            previous = docIds[i];
        }
        return entries;
    }

    private void putTier(int gaps, int gapBits, int impactsAt, int from, int to) {
        int skip = TierLayout.skip(gapBits);
        int entry = 0;
        int previous = 0;
        for (int i = from; i < to; i++) {
            int gap = docIds[i] - previous;
            previous = docIds[i];
            for (; gap >= skip; gap -= skip) {
                putGap(gaps, gapBits, entry++, skip);
            }
            if (impactsAt >= 0) {
                bytes[impactsAt + entry] = impacts[i];
            }
            putGap(gaps, gapBits, entry++, gap);
        }
    }

    private void putGap(int gaps, int gapBits, int entry, int gap) {
        int bit = entry * gapBits;
        int at = gaps + bit / Byte.SIZE;
        int shifted = gap << bit % Byte.SIZE;
        bytes[at] |= (byte) shifted;
        if (gapBits > Byte.SIZE) {
            bytes[at + 1] |= (byte) (shifted >>> Byte.SIZE);
        }
    }

    private void putShortAt(int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> Byte.SIZE);
    }

    private void putIntAt(int at, int value) {
        putShortAt(at, value);
        putShortAt(at + Short.BYTES, value >>> Short.SIZE);
    }

    private void reserve(int further) {
        if (bytes.length - length < further) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, further)));
        }
    }
}
