package io.skiff.index.blockmax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Postings on the heap, from a map of docId to impact per term. */
final class HeapPostings implements PostingsSource {
    private record Tier(int impact, int[] docIds) {}

    private final int documentCount;
    private final List<Map<Integer, Integer>> terms;
    private final List<List<Tier>> tiers = new ArrayList<>();
    private List<Tier> current = List.of();
    private int tier;

    HeapPostings(int documentCount, List<Map<Integer, Integer>> terms) {
        this.documentCount = documentCount;
        this.terms = terms;
        for (Map<Integer, Integer> term : terms) {
            TreeMap<Integer, List<Integer>> byImpact = new TreeMap<>();
            new TreeMap<>(term)
                    .forEach((docId, impact) -> byImpact.computeIfAbsent(impact, absent -> new ArrayList<>())
                            .add(docId));
            List<Tier> descending = new ArrayList<>();
            byImpact.descendingMap()
                    .forEach((impact, docIds) -> descending.add(new Tier(
                            impact, docIds.stream().mapToInt(Integer::intValue).toArray())));
            tiers.add(descending);
        }
    }

    /** Impact by docId of a term. */
    Map<Integer, Integer> term(int termId) {
        return terms.get(termId);
    }

    @Override
    public int documentCount() {
        return documentCount;
    }

    @Override
    public int termCount() {
        return terms.size();
    }

    @Override
    public void reset(int termId) {
        current = tiers.get(termId);
        tier = -1;
    }

    @Override
    public boolean nextTier() {
        return ++tier < current.size();
    }

    @Override
    public int impact() {
        return current.get(tier).impact();
    }

    @Override
    public int count() {
        return current.get(tier).docIds().length;
    }

    @Override
    public int docId(int index) {
        return current.get(tier).docIds()[index];
    }
}
