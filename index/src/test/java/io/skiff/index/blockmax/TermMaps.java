package io.skiff.index.blockmax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Postings of a segment as maps.
 *
 * @param documentCount documents
 * @param terms impact by docId of each term
 */
record TermMaps(int documentCount, List<Map<Integer, Integer>> terms) {
    /** Terms in every document, in none, in one, and everything between. */
    static TermMaps skewed(Random random, int documentCount, int termCount) {
        List<Map<Integer, Integer>> terms = new ArrayList<>();
        for (int termId = 0; termId < termCount; termId++) {
            double share = termId == 0 ? 1 : Math.pow(random.nextDouble(), 6);
            Map<Integer, Integer> term = new HashMap<>();
            for (int docId = 0; docId < documentCount; docId++) {
                if (random.nextDouble() < share) {
                    term.put(docId, 1 + random.nextInt(255));
                }
            }
            terms.add(term);
        }
        terms.add(Map.of());
        terms.add(Map.of(documentCount - 1, 255));
        return new TermMaps(documentCount, terms);
    }

    int termCount() {
        return terms.size();
    }

    Map<Integer, Integer> term(int termId) {
        return terms.get(termId);
    }

    /** Impact by termId of each document. */
    List<Map<Integer, Integer>> byDocument() {
        List<Map<Integer, Integer>> documents = new ArrayList<>();
        for (int docId = 0; docId < documentCount; docId++) {
            documents.add(new TreeMap<>());
        }
        for (int termId = 0; termId < terms.size(); termId++) {
            int term = termId;
            terms.get(termId).forEach((docId, impact) -> documents.get(docId).put(term, impact));
        }
        return documents;
    }

    BlockMaxPlan plan(BlockMaxOptions options) {
        int[] blockCounts = new int[terms.size()];
        int[] inBlock = new int[BlockMaxPlan.blockCount(documentCount, options.blockShift())];
        for (int termId = 0; termId < blockCounts.length; termId++) {
            Set<Integer> blocks = new HashSet<>();
            for (int docId : terms.get(termId).keySet()) {
                blocks.add(docId >>> options.blockShift());
                inBlock[docId >>> options.blockShift()]++;
            }
            blockCounts[termId] = blocks.size();
        }
        int fullestBlock = 0;
        for (int count : inBlock) {
            fullestBlock = Math.max(fullestBlock, count);
        }
        int[] postingCounts = terms.stream().mapToInt(Map::size).toArray();
        return new BlockMaxPlan(documentCount, options, postingCounts, blockCounts, fullestBlock);
    }
}
