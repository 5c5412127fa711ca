package io.skiff.index.blockmax;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The four streams of a segment's block-max structures, as they are written. */
record WrittenBlocks(byte[] terms, byte[] bounds, byte[] offsets, byte[] records) {
    static WrittenBlocks of(TermMaps postings, BlockMaxOptions options) throws IOException {
        ByteArrayOutputStream terms = new ByteArrayOutputStream();
        ByteArrayOutputStream bounds = new ByteArrayOutputStream();
        ByteArrayOutputStream offsets = new ByteArrayOutputStream();
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        BlockMaxPlan plan = postings.plan(options);
        BoundsEncoder boundsEncoder = plan.newBoundsEncoder();
        for (int termId = 0; termId < postings.termCount(); termId++) {
            TreeMap<Integer, Integer> term = new TreeMap<>(postings.term(termId));
            int[] docIds = term.keySet().stream().mapToInt(Integer::intValue).toArray();
            byte[] impacts = new byte[docIds.length];
            for (int i = 0; i < docIds.length; i++) {
                impacts[i] = term.get(docIds[i]).byteValue();
            }
            int length = boundsEncoder.encode(docIds, impacts, docIds.length);
            plan.putBounds(termId, bounds.size(), boundsEncoder.kind());
            bounds.write(boundsEncoder.bytes(), 0, length);
        }
        bounds.write(plan.boundsTail());
        BlockEncoder blockEncoder = plan.newBlockEncoder();
        List<Map<Integer, Integer>> documents = postings.byDocument();
        for (int from = 0; from < documents.size(); from += 1 << options.blockShift()) {
            offsets.write(longBytes(records.size()));
            int to = Math.min(documents.size(), from + (1 << options.blockShift()));
            for (int docId = from; docId < to; docId++) {
                int local = docId - from;
                documents.get(docId).forEach((termId, impact) -> blockEncoder.add(termId, local, impact));
            }
            int length = blockEncoder.encode();
            records.write(blockEncoder.bytes(), 0, length);
        }
        offsets.write(longBytes(records.size()));
        plan.writeTerms(terms);
        return new WrittenBlocks(
                terms.toByteArray(), bounds.toByteArray(), offsets.toByteArray(), records.toByteArray());
    }

    BlockMaxReader reader(TermMaps postings) {
        return reader(postings, Arena.ofAuto());
    }

    BlockMaxReader reader(TermMaps postings, Arena memory) {
        return new BlockMaxReader(
                MemorySegment.ofArray(terms),
                MemorySegment.ofArray(bounds),
                MemorySegment.ofArray(offsets),
                MemorySegment.ofArray(records),
                postings.documentCount(),
                postings.termCount(),
                memory);
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
