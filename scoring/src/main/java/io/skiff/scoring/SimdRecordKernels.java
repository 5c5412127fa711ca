package io.skiff.scoring;

import io.skiff.index.blockmax.RecordLayout;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scores a block without branching on which terms it has, which no predictor could tell: the slots that are here are
 * listed first, their impacts are spread over a lane per document ({@link Long#expand}, PDEP of x86), entries of rare
 * terms get a lane each too, then all lanes are weighted and added up in one register. Keys of rare terms are compared a
 * register at a time, and one class for each width of it is made as for {@link SimdKernels}.
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

    /** Most slots before one that is not far behind: their masks are counted in two words. */
    private static final int NEAR_SLOTS = 2 * Long.BYTES;

    /** Those counts are below this plus 1: masked with it, they need no check. */
    private static final int COUNT_MASK = 4 * Long.BYTES - 1;

    /** By number of bytes up to 16: which bits of the first word they are. */
    private static final long[] FIRST_BYTES = new long[COUNT_MASK + 1];

    /** The same of the second. */
    private static final long[] SECOND_BYTES = new long[COUNT_MASK + 1];

    /** By number of entries: a bit for each. */
    private static final long[] LOW_BITS = new long[Integer.SIZE + 1];

    /** By mask of documents: which bits of a word their lanes are. */
    private static final long[] DOCUMENT_LANES = new long[1 << DOCUMENTS];

    static {
        for (int i = 1; i <= Long.BYTES; i++) {
            FIRST_BYTES[i] = -1L >>> ((Long.BYTES - i) * Byte.SIZE);
            FIRST_BYTES[Long.BYTES + i] = -1L;
            SECOND_BYTES[Long.BYTES + i] = FIRST_BYTES[i];
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
        int lanes = findPresent(records, record, terms);
        spread(records, record, terms, lanes);
        for (int i = 0; i < terms.farCount; i++) {
            spreadFar(records, record, terms, terms.far[i], lanes++);
        }
        for (int term = terms.rareStart; term < terms.rareEnd; term += RecordTerms.STRIDE) {
            lanes = spreadRare(records, record, terms, term, lanes);
        }
        sum(terms.lanes, terms.present, terms.places, lanes, scores);
        return compare(scores, threshold);
    }

    /**
     * Lists the terms whose slots are here. Half of them are, at random, which a branch would be dear for; but few stand
     * far behind in their section, and those are set apart for the sake of the others.
     *
     * @return how many are not far behind
     */
    private static int findPresent(byte[] records, int record, RecordTerms terms) {
        int[] places = terms.places;
        int[] present = terms.present;
        int end = terms.slotsEnd;
        int count = 0;
        int farCount = 0;
        for (int term = 0; term < end; term += RecordTerms.STRIDE) {
            long presence = (long) LONG.get(records, record + places[term + RecordTerms.PRESENCE]);
            int slot = places[term + RecordTerms.SLOT];
            int here = (int) (presence >>> slot) & 1;
            int far = here & ((NEAR_SLOTS - Long.bitCount(presence & ((1L << slot) - 1))) >>> (Integer.SIZE - 1));
            present[count] = term;
            count += here - far;
            if (far != 0) {
                terms.far[farCount++] = term;
            }
        }
        terms.farCount = farCount;
        return count;
    }

    /** Writes, for every listed term, the impacts of the 8 documents, a byte each. */
    private static void spread(byte[] records, int record, RecordTerms terms, int count) {
        int[] places = terms.places;
        int[] present = terms.present;
        byte[] lanes = terms.lanes;
        boolean narrow = terms.narrowOffsets;
        for (int lane = 0; lane < count; lane++) {
            int term = present[lane];
            long presence = (long) LONG.get(records, record + places[term + RecordTerms.PRESENCE]);
            int before = Long.bitCount(presence & ((1L << places[term + RecordTerms.SLOT]) - 1)) & COUNT_MASK;
            int masks = record + RecordKernels.offset(records, record + places[term + RecordTerms.SECTION], narrow);
            long first = (long) LONG.get(records, masks) & FIRST_BYTES[before];
            long second = (long) LONG.get(records, masks + Long.BYTES) & SECOND_BYTES[before];
            int impacts = masks + Long.bitCount(presence) + Long.bitCount(first) + Long.bitCount(second);
            long documents = DOCUMENT_LANES[records[masks + before] & 0xFF];
            LONG.set(lanes, lane * Long.BYTES, Long.expand((long) LONG.get(records, impacts), documents));
        }
    }

    /** The same for one term with any number of others before it. */
    private static void spreadFar(byte[] records, int record, RecordTerms terms, int term, int lane) {
        int[] places = terms.places;
        long presence = (long) LONG.get(records, record + places[term + RecordTerms.PRESENCE]);
        int before = Long.bitCount(presence & ((1L << places[term + RecordTerms.SLOT]) - 1));
        int section = record + places[term + RecordTerms.SECTION];
        int masks = record + RecordKernels.offset(records, section, terms.narrowOffsets);
        int impacts = masks + Long.bitCount(presence);
        for (int i = 0; i < before; i++) {
            impacts += Integer.bitCount(records[masks + i] & 0xFF);
        }
        long documents = DOCUMENT_LANES[records[masks + before] & 0xFF];
        LONG.set(terms.lanes, lane * Long.BYTES, Long.expand((long) LONG.get(records, impacts), documents));
        terms.present[lane] = term;
    }

    /** Appends a lane for every entry of a rare term; returns how many lanes there are then. */
    private static int spreadRare(byte[] records, int record, RecordTerms terms, int term, int laneCount) {
        int at = record + terms.places[term + RecordTerms.BUCKET];
        int bucket = record + RecordKernels.offset(records, at, terms.narrowOffsets);
        int end = record + RecordKernels.offset(records, at + terms.layout.offsetBytes(), terms.narrowOffsets);
        int count = terms.narrowKeys
                ? (end - bucket) / RecordLayout.NARROW_RARE_BYTES
                : (end - bucket) / (RecordLayout.NARROW_RARE_BYTES + 1);
        short wanted = (short) terms.places[term + RecordTerms.KEY];
        int lanes = laneCount;
        for (int first = 0; first < count; first += KEYS) {
            long equal = ByteVector.fromArray(KEY_BYTES, records, bucket + first * Short.BYTES)
                    .reinterpretAsShorts()
                    .and((short) ~LOCAL_DOCUMENT_MASK)
                    .compare(VectorOperators.EQ, wanted)
                    .toLong();
            for (long found = equal & LOW_BITS[Math.min(KEYS, count - first)]; found != 0; found &= found - 1) {
                lanes = addEntry(records, bucket, count, first + Long.numberOfTrailingZeros(found), terms, term, lanes);
            }
        }
        return lanes;
    }

    private static int addEntry(
            byte[] records, int bucket, int count, int entry, RecordTerms terms, int term, int lane) {
        int key = (short) SHORT.get(records, bucket + entry * Short.BYTES) & 0xFFFF;
        if (!terms.narrowKeys) {
            key |= (records[bucket + RecordLayout.rareHighOffset(count) + entry] & 0xFF) << Short.SIZE;
            if ((key & ~LOCAL_DOCUMENT_MASK) != terms.places[term + RecordTerms.KEY]) {
                return lane;
            }
        }
        long impact = records[bucket + terms.layout.rareImpactsOffset(count) + entry] & 0xFF;
        LONG.set(terms.lanes, lane * Long.BYTES, impact << ((key & LOCAL_DOCUMENT_MASK) * Byte.SIZE));
        terms.present[lane] = term;
        return lane + 1;
    }

    private static void sum(byte[] lanes, int[] terms, int[] places, int count, int[] scores) {
        IntVector sum = IntVector.zero(SCORES);
        for (int lane = 0; lane < count; lane++) {
            IntVector impacts = (IntVector) ByteVector.fromArray(LANES, lanes, lane * Long.BYTES)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, SCORES, 0);
            sum = impacts.mul(places[terms[lane] + RecordTerms.WEIGHT]).add(sum);
        }
        sum.intoArray(scores, 0);
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
