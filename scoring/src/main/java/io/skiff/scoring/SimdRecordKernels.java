package io.skiff.scoring;

import io.skiff.index.blockmax.RecordLayout;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scores a block without asking which terms it has, which no branch predictor could tell: the impacts of every slot,
 * present or not, are spread over a lane per document ({@link Long#expand}, PDEP of x86), then all of them are weighted
 * and added up in one register. Keys of rare terms are compared a register at a time, and one class for each width of it
 * is made as for {@link SimdKernels}.
 *
 * <p>The rules for vectors of {@link SimdKernels} hold here too.
 */
final class SimdRecordKernels implements RecordKernels {
    private static final VectorSpecies<Byte> LANES = ByteVector.SPECIES_64;
    private static final VectorSpecies<Integer> SCORES = IntVector.SPECIES_256;
    /** Null only in this class itself, which has no instances. */
    private static final VectorSpecies<Byte> KEY_BYTES = SimdTemplate.speciesOf(MethodHandles.lookup());

    private static final int KEYS = KEY_BYTES == null ? 0 : KEY_BYTES.length() / Short.BYTES;
    private static final int LOCAL_DOCUMENT_MASK = DOCUMENTS - 1;

    /** By number of bytes: which bits of a word the lowest of them are. */
    private static final long[] LOW_BYTES = new long[Long.BYTES + 1];

    /** By number of entries: a bit for each. */
    private static final long[] LOW_BITS = new long[Integer.SIZE + 1];

    /** By mask of documents: which bits of a word their lanes are. */
    private static final long[] DOCUMENT_LANES = new long[1 << DOCUMENTS];

    static {
        for (int i = 0; i < Long.BYTES; i++) {
            LOW_BYTES[i + 1] = LOW_BYTES[i] << Byte.SIZE | 0xFF;
        }
        for (int i = 0; i < Integer.SIZE; i++) {
            LOW_BITS[i + 1] = LOW_BITS[i] << 1 | 1;
        }
        for (int mask = 1; mask < DOCUMENT_LANES.length; mask++) {
            int document = Integer.numberOfTrailingZeros(mask);
            DOCUMENT_LANES[mask] = DOCUMENT_LANES[mask & (mask - 1)] | (0xFFL << (document * Byte.SIZE));
        }
    }

    private SimdRecordKernels() {}

    /** Kernels for registers of {@code bits}, 256 or 512. */
    static RecordKernels ofWidth(int bits) {
        return SimdTemplate.instantiate(
                RecordKernels.class,
                SimdRecordKernels.class,
                MethodHandles.lookup(),
                VectorSpecies.of(byte.class, VectorShape.forBitSize(bits)));
    }

    @Override
    public int score(byte[] records, int record, RecordTerms terms, int threshold, int[] scores) {
        spread(records, record, terms);
        sum(terms.lanes, terms.slotWeights, terms.slotCount, scores);
        for (int term = 0; term < terms.rareCount; term++) {
            addRare(records, record, terms, term, scores);
        }
        return compare(scores, threshold);
    }

    /** Writes, for every slot, the impacts of the 8 documents, a byte each. */
    private static void spread(byte[] records, int record, RecordTerms terms) {
        byte[] lanes = terms.lanes;
        int[] slots = terms.slots;
        RecordLayout layout = terms.layout;
        boolean narrow = terms.narrowOffsets;
        for (int term = 0; term < terms.slotCount; term++) {
            int slot = slots[term];
            int group = slot / RecordLayout.GROUP_SLOTS;
            long presence = (long) LONG.get(records, record + RecordLayout.presenceOffset(group));
            int before = Long.bitCount(presence & ((1L << slot) - 1)); // the shift takes the slot modulo 64
            int masks = record + RecordKernels.offset(records, record + layout.sectionOffsetOffset(group), narrow);
            int impacts = masks + Long.bitCount(presence) + documentsBefore(records, masks, before);
            int present = -((int) (presence >>> slot) & 1);
            long documents = DOCUMENT_LANES[records[masks + before] & 0xFF & present];
            LONG.set(lanes, term * Long.BYTES, Long.expand((long) LONG.get(records, impacts), documents));
        }
    }

    /** Set bits in the first {@code count} bytes at {@code masks}: up to 16 without a loop, as most groups have no more. */
    private static int documentsBefore(byte[] records, int masks, int count) {
        int documents = 0;
        int at = masks;
        int rest = count;
        for (; rest > 2 * Long.BYTES; rest -= Long.BYTES, at += Long.BYTES) {
            documents += Long.bitCount((long) LONG.get(records, at));
        }
        long first = (long) LONG.get(records, at) & LOW_BYTES[Math.min(rest, Long.BYTES)];
        long second = (long) LONG.get(records, at + Long.BYTES) & LOW_BYTES[Math.max(rest, Long.BYTES) - Long.BYTES];
        return documents + Long.bitCount(first) + Long.bitCount(second);
    }

    private static void sum(byte[] lanes, int[] weights, int count, int[] scores) {
        IntVector sum = IntVector.zero(SCORES);
        for (int term = 0; term < count; term++) {
            IntVector impacts = (IntVector) ByteVector.fromArray(LANES, lanes, term * Long.BYTES)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, SCORES, 0);
            sum = impacts.mul(weights[term]).add(sum);
        }
        sum.intoArray(scores, 0);
    }

    private static void addRare(byte[] records, int record, RecordTerms terms, int term, int[] scores) {
        int at = record + terms.bucketOffsets[term];
        int bucket = record + RecordKernels.offset(records, at, terms.narrowOffsets);
        int end = record + RecordKernels.offset(records, at + terms.layout.offsetBytes(), terms.narrowOffsets);
        int count = terms.narrowKeys
                ? (end - bucket) / RecordLayout.NARROW_RARE_BYTES
                : (end - bucket) / (RecordLayout.NARROW_RARE_BYTES + 1);
        short wanted = (short) terms.rareKeys[term];
        for (int first = 0; first < count; first += KEYS) {
            long equal = ByteVector.fromArray(KEY_BYTES, records, bucket + first * Short.BYTES)
                    .reinterpretAsShorts()
                    .and((short) ~LOCAL_DOCUMENT_MASK)
                    .compare(VectorOperators.EQ, wanted)
                    .toLong();
            long found = equal & LOW_BITS[Math.min(KEYS, count - first)];
            // One entry is added whether it was found or not: that is right more often than a prediction.
            int any = (int) ((found | -found) >> (Long.SIZE - 1));
            addEntry(
                    records,
                    bucket,
                    count,
                    first + (Long.numberOfTrailingZeros(found) & any),
                    any,
                    terms,
                    term,
                    scores);
            for (long rest = found & (found - 1); rest != 0; rest &= rest - 1) {
                addEntry(records, bucket, count, first + Long.numberOfTrailingZeros(rest), -1, terms, term, scores);
            }
        }
    }

    private static void addEntry(
            byte[] records, int bucket, int count, int entry, int kept, RecordTerms terms, int term, int[] scores) {
        int key = (short) SHORT.get(records, bucket + entry * Short.BYTES) & 0xFFFF;
        if (!terms.narrowKeys) {
            key |= (records[bucket + RecordLayout.rareHighOffset(count) + entry] & 0xFF) << Short.SIZE;
            if ((key & ~LOCAL_DOCUMENT_MASK) != terms.rareKeys[term]) {
                return;
            }
        }
        int impact = records[bucket + terms.layout.rareImpactsOffset(count) + entry] & 0xFF & kept;
        scores[key & LOCAL_DOCUMENT_MASK] += terms.rareWeights[term] * impact;
    }

    private static int compare(int[] scores, int threshold) {
        long matches = IntVector.fromArray(SCORES, scores, 0)
                .compare(VectorOperators.GT, 0)
                .toLong();
        long candidates = IntVector.fromArray(SCORES, scores, 0)
                .compare(VectorOperators.GE, threshold)
                .toLong();
        return RecordKernels.masks((int) matches, (int) candidates);
    }
}
