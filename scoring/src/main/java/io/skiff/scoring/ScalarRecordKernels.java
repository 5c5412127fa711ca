package io.skiff.scoring;

import io.skiff.index.blockmax.RecordLayout;
import java.util.Arrays;

/** The specification: one term after the other, one document at a time. */
final class ScalarRecordKernels implements RecordKernels {
    private static final int LOCAL_DOCUMENT_MASK = DOCUMENTS - 1;

    @Override
    public int score(byte[] records, int record, RecordTerms terms, int threshold, int[] scores) {
        Arrays.fill(scores, 0, DOCUMENTS, 0);
        for (int term = 0; term < terms.slotsEnd; term += RecordTerms.STRIDE) {
            addSlot(records, record, terms, term, scores);
        }
        for (int term = terms.rareStart; term < terms.rareEnd; term += RecordTerms.STRIDE) {
            addRare(records, record, terms, term, scores);
        }
        int matches = 0;
        int candidates = 0;
        for (int document = 0; document < DOCUMENTS; document++) {
            matches |= (scores[document] > 0 ? 1 : 0) << document;
            candidates |= (scores[document] >= threshold ? 1 : 0) << document;
        }
        return RecordKernels.masks(matches, candidates);
    }

    private static void addSlot(byte[] records, int record, RecordTerms terms, int term, int[] scores) {
        int[] places = terms.places;
        long bit = 1L << places[term + RecordTerms.SLOT];
        long presence = (long) LONG.get(records, record + places[term + RecordTerms.PRESENCE]);
        if ((presence & bit) == 0) {
            return;
        }
        int offset = record + places[term + RecordTerms.SECTION];
        int masks = record + RecordKernels.offset(records, offset, terms.narrowOffsets);
        int before = Long.bitCount(presence & (bit - 1));
        int impact = masks + Long.bitCount(presence);
        for (int i = 0; i < before; i++) {
            impact += Integer.bitCount(records[masks + i] & 0xFF);
        }
        for (int rest = records[masks + before] & 0xFF; rest != 0; rest &= rest - 1) {
            scores[Integer.numberOfTrailingZeros(rest)] +=
                    places[term + RecordTerms.WEIGHT] * (records[impact++] & 0xFF);
        }
    }

    private static void addRare(byte[] records, int record, RecordTerms terms, int term, int[] scores) {
        RecordLayout layout = terms.layout;
        int at = record + terms.places[term + RecordTerms.BUCKET];
        int bucket = record + RecordKernels.offset(records, at, terms.narrowOffsets);
        int end = record + RecordKernels.offset(records, at + layout.offsetBytes(), terms.narrowOffsets);
        int count = (end - bucket) / layout.rareEntryBytes();
        for (int entry = 0; entry < count; entry++) {
            int key = (short) SHORT.get(records, bucket + entry * Short.BYTES) & 0xFFFF;
            if (!terms.narrowKeys) {
                key |= (records[bucket + RecordLayout.rareHighOffset(count) + entry] & 0xFF) << Short.SIZE;
            }
            if ((key & ~LOCAL_DOCUMENT_MASK) == terms.places[term + RecordTerms.KEY]) {
                int impact = records[bucket + layout.rareImpactsOffset(count) + entry] & 0xFF;
                scores[key & LOCAL_DOCUMENT_MASK] += terms.places[term + RecordTerms.WEIGHT] * impact;
            }
        }
    }
}
