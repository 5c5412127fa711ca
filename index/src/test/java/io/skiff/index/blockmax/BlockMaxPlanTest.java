package io.skiff.index.blockmax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, decoded by the layouts alone, is what came in. */
class BlockMaxPlanTest {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = Long.getLong("skiff.seed", 20_261_123L);

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 8, 9, 63, 64, 65, 511, 512, 513, 5000})
    void everyPostingComesBack(int documentCount) throws IOException {
        Random random = new Random(SEED + documentCount);
        for (int blockShift = 2; blockShift <= 3; blockShift++) {
            verify(TermMaps.skewed(random, documentCount, 300), new BlockMaxOptions(0, blockShift));
        }
    }

    @Test
    void gapsLongerThanAByteComeBack() throws IOException {
        // 20,000 documents are 2,500 blocks: terms in 1 of 300 blocks have gaps above 255, and few enough to be pairs
        Random random = new Random(SEED);
        List<Map<Integer, Integer>> terms = new ArrayList<>();
        for (int every : new int[] {20 * 8, 100 * 8, 254 * 8, 255 * 8, 256 * 8, 300 * 8, 600 * 8, 19_999}) {
            Map<Integer, Integer> term = new HashMap<>();
            for (int docId = every; docId < 20_000; docId += every) {
                term.put(docId, 1 + random.nextInt(255));
            }
            terms.add(term);
        }
        TermMaps postings = new TermMaps(20_000, terms);
        BlockMaxReader reader = verify(postings, BlockMaxOptions.DEFAULT);
        assertEquals(BoundsKind.DENSE, reader.boundsKind(0));
        assertEquals(BoundsKind.GAPS, reader.boundsKind(4));
        assertEquals(BoundsKind.LIST, reader.boundsKind(7));
    }

    @Test
    void moreRareTermsThanThreeBytesTellApart() throws IOException {
        int termCount = RecordLayout.MAX_NARROW_RARE_TERMS + 100;
        List<Map<Integer, Integer>> terms = new ArrayList<>();
        for (int termId = 0; termId < termCount; termId++) {
            terms.add(Map.of(termId % 997, 1 + termId % 255));
        }
        BlockMaxReader reader = verify(new TermMaps(997, terms), BlockMaxOptions.DEFAULT);
        assertEquals(4, reader.recordLayout().rareEntryBytes());
    }

    @Test
    void recordsLongerThanTwoBytesReach() throws IOException {
        int termCount = 30_000;
        List<Map<Integer, Integer>> terms = new ArrayList<>();
        for (int termId = 0; termId < termCount; termId++) {
            Map<Integer, Integer> term = new HashMap<>(Map.of(3, 1 + termId % 255));
            if (termId % 3 == 0) {
                term.put(100 + termId % 900, 7);
            }
            terms.add(term);
        }
        BlockMaxReader reader = verify(new TermMaps(1_000, terms), BlockMaxOptions.DEFAULT);
        assertEquals(Integer.BYTES, reader.recordLayout().offsetBytes());
    }

    @Test
    void cursorsReadWhatIsWritten() throws IOException {
        for (int blockShift = 2; blockShift <= 3; blockShift++) {
            TermMaps postings = TermMaps.skewed(new Random(SEED), 3_000, 200);
            BlockMaxReader reader = WrittenBlocks.of(postings, new BlockMaxOptions(0, blockShift))
                    .reader(postings);
            List<Map<Integer, Integer>> byDocument = new ArrayList<>();
            postings.terms().forEach(term -> byDocument.add(new TreeMap<>()));
            RecordPostings records = new RecordPostings(reader);
            for (int block = 0; block < reader.blockCount(); block++) {
                records.forEach(
                        block, (termId, docId, impact) -> byDocument.get(termId).put(docId, impact));
            }
            RecordTermCursor cursor = new RecordTermCursor();
            BoundsCursor bounds = new BoundsCursor();
            for (int termId = 0; termId < postings.termCount(); termId++) {
                Map<Integer, Integer> byTerm = new TreeMap<>();
                cursor.reset(reader, termId);
                while (cursor.next()) {
                    byTerm.put(cursor.docId(), cursor.impact());
                }
                Map<Integer, Integer> maxima = new TreeMap<>();
                bounds.reset(reader, termId);
                while (bounds.next()) {
                    maxima.put(bounds.block(), bounds.maximum());
                }
                String message = "term " + termId + ", seed " + SEED;
                assertEquals(new TreeMap<>(postings.term(termId)), byTerm, message);
                assertEquals(new TreeMap<>(postings.term(termId)), byDocument.get(termId), message);
                assertEquals(decodeBounds(reader, termId), maxima, message);
                for (int docId = 0; docId < postings.documentCount(); docId += 7) {
                    assertEquals(byTerm.getOrDefault(docId, 0), cursor.impact(reader, termId, docId), message);
                }
            }
        }
    }

    @Test
    void streamsThatDoNotFitAreRefused() throws IOException {
        TermMaps postings = TermMaps.skewed(new Random(SEED), 100, 50);
        WrittenBlocks written = WrittenBlocks.of(postings, BlockMaxOptions.DEFAULT);
        WrittenBlocks cut = new WrittenBlocks(written.terms(), written.bounds(), written.offsets(), new byte[3]);
        String message = assertThrows(IllegalArgumentException.class, () -> cut.reader(postings))
                .getMessage();
        assertTrue(message.contains("bytes of the records: expected " + written.records().length), message);
        TermMaps other = TermMaps.skewed(new Random(SEED), 101, 50);
        assertThrows(IllegalArgumentException.class, () -> written.reader(other));
    }

    @Test
    void limitsAreKnownBeforeWriting() {
        assertFalse(BlockMaxPlan.fits(0, 10, BlockMaxOptions.DEFAULT));
        assertTrue(BlockMaxPlan.fits(1, 0, BlockMaxOptions.DEFAULT));
        assertTrue(BlockMaxPlan.fits(8 << 24, 10, BlockMaxOptions.DEFAULT));
        assertFalse(BlockMaxPlan.fits((8 << 24) + 1, 10, BlockMaxOptions.DEFAULT));
        assertFalse(BlockMaxPlan.fits(10, RecordLayout.MAX_RARE_TERMS + 1, BlockMaxOptions.DEFAULT));
        assertThrows(IllegalArgumentException.class, () -> new BlockMaxOptions(0, 4));
    }

    private static BlockMaxReader verify(TermMaps postings, BlockMaxOptions options) throws IOException {
        BlockMaxReader reader = WrittenBlocks.of(postings, options).reader(postings);
        List<Map<Integer, Integer>> found = decodeRecords(reader, postings.termCount());
        for (int termId = 0; termId < postings.termCount(); termId++) {
            String message =
                    "term " + termId + " of " + postings.documentCount() + " documents, " + options + ", seed " + SEED;
            Map<Integer, Integer> maxima = new TreeMap<>();
            postings.term(termId)
                    .forEach((docId, impact) -> maxima.merge(docId >> options.blockShift(), impact, Math::max));
            assertEquals(maxima, decodeBounds(reader, termId), message);
            assertEquals(maxima.size(), reader.blockCount(termId), message);
            assertEquals(new TreeMap<>(postings.term(termId)), found.get(termId), message);
        }
        return reader;
    }

    private static Map<Integer, Integer> decodeBounds(BlockMaxReader reader, int termId) {
        MemorySegment bounds = reader.bounds();
        Map<Integer, Integer> maxima = new TreeMap<>();
        long start = reader.boundsOffset(termId);
        long end = reader.boundsEnd(termId);
        switch (reader.boundsKind(termId)) {
            case DENSE -> {
                long next = start + DenseBoundsLayout.maximaOffset(reader.blockCount());
                for (int block = 0; block < reader.blockCount(); block++) {
                    int group = block / DenseBoundsLayout.GROUP_BLOCKS;
                    long presence = bounds.get(LONG, start + group * (long) Long.BYTES);
                    if ((presence >>> DenseBoundsLayout.bit(block) & 1) != 0) {
                        long before = presence & (1L << DenseBoundsLayout.bit(block)) - 1;
                        maxima.put(block, bounds.get(ValueLayout.JAVA_BYTE, next + Long.bitCount(before)) & 0xFF);
                    }
                    if (block % DenseBoundsLayout.GROUP_BLOCKS == DenseBoundsLayout.GROUP_BLOCKS - 1) {
                        next += Long.bitCount(presence);
                    }
                }
            }
            case GAPS -> {
                int block = 0;
                for (long at = start; at < end; at += GapBoundsLayout.BYTES) {
                    block += bounds.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
                    int maximum = bounds.get(ValueLayout.JAVA_BYTE, at + 1) & 0xFF;
                    if (maximum != 0) {
                        maxima.put(block, maximum);
                    }
                }
            }
            case LIST -> {
                for (long at = start; at < end; at += ListBoundsLayout.BYTES) {
                    int entry = bounds.get(INT, at);
                    maxima.put(entry >>> ListBoundsLayout.BLOCK_SHIFT, entry & ListBoundsLayout.MAXIMUM_MASK);
                }
            }
        }
        return maxima;
    }

    /** Impact by docId of every term. */
    private static List<Map<Integer, Integer>> decodeRecords(BlockMaxReader reader, int termCount) {
        Map<Integer, Integer> termOfKey = new HashMap<>();
        List<Map<Integer, Integer>> found = new ArrayList<>();
        for (int termId = 0; termId < termCount; termId++) {
            termOfKey.put(reader.recordKey(termId), termId);
            found.add(new TreeMap<>());
        }
        assertEquals(termCount, termOfKey.size(), "keys must differ");
        for (int block = 0; block < reader.blockCount(); block++) {
            int first = block << reader.blockShift();
            decodeSections(reader, reader.recordStart(block), first, termOfKey, found);
            decodeRare(reader, reader.recordStart(block), first, termOfKey, found);
        }
        return found;
    }

    private static void decodeSections(
            BlockMaxReader reader,
            long record,
            int firstDocId,
            Map<Integer, Integer> termOfKey,
            List<Map<Integer, Integer>> found) {
        MemorySegment records = reader.records();
        RecordLayout layout = reader.recordLayout();
        for (int group = 0; group < layout.groupCount(); group++) {
            long presence = records.get(LONG, record + RecordLayout.presenceOffset(group));
            long masks = record + offset(records, record + layout.sectionOffsetOffset(group), layout);
            long impacts = masks + Long.bitCount(presence);
            for (int bit = 0; bit < RecordLayout.GROUP_SLOTS; bit++) {
                if ((presence >>> bit & 1) != 0) {
                    int mask = records.get(ValueLayout.JAVA_BYTE, masks++) & 0xFF;
                    int termId = termOfKey.get(group * RecordLayout.GROUP_SLOTS + bit);
                    for (; mask != 0; mask &= mask - 1) {
                        int docId = firstDocId + Integer.numberOfTrailingZeros(mask);
                        found.get(termId).put(docId, records.get(ValueLayout.JAVA_BYTE, impacts++) & 0xFF);
                    }
                }
            }
        }
    }

    private static void decodeRare(
            BlockMaxReader reader,
            long record,
            int firstDocId,
            Map<Integer, Integer> termOfKey,
            List<Map<Integer, Integer>> found) {
        MemorySegment records = reader.records();
        RecordLayout layout = reader.recordLayout();
        for (int bucket = 0; bucket < RecordLayout.BUCKET_COUNT; bucket++) {
            long entry = record + offset(records, record + layout.bucketOffsetOffset(bucket), layout);
            long end = record + offset(records, record + layout.bucketOffsetOffset(bucket + 1), layout);
            int count = (int) (end - entry) / layout.rareEntryBytes();
            for (int i = 0; i < count; i++) {
                int key = records.get(SHORT, entry + (long) i * Short.BYTES) & 0xFFFF;
                if (layout.rareEntryBytes() == 4) {
                    key |= (records.get(ValueLayout.JAVA_BYTE, entry + 2L * count + i) & 0xFF) << 16;
                }
                int ordinal = (key >>> RecordLayout.LOCAL_DOCUMENT_BITS) * RecordLayout.BUCKET_COUNT + bucket;
                int docId = firstDocId + (key & (1 << RecordLayout.LOCAL_DOCUMENT_BITS) - 1);
                long impacts = end - count;
                int impact = records.get(ValueLayout.JAVA_BYTE, impacts + i) & 0xFF;
                found.get(termOfKey.get(~ordinal)).put(docId, impact);
            }
        }
    }

    private static int offset(MemorySegment records, long at, RecordLayout layout) {
        return layout.offsetBytes() == Short.BYTES ? records.get(SHORT, at) & 0xFFFF : records.get(INT, at);
    }
}
