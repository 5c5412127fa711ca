package io.skiff.server.rest.search;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.ColumnValue;
import io.skiff.scoring.Hit;
import io.skiff.server.rest.plan.MatchScan;
import io.skiff.server.rest.search.Found.FoundHit;
import io.skiff.server.rest.search.SortField.Place;
import io.skiff.server.rest.search.SortField.SegmentKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the first hits, in the order of some keys, of the documents that it is told of; the earlier of equals first. Hits
 * gather until there are more than twice as many as wanted, and then all but the first go. A document is compared with
 * the last one left without its values being read, so that few are.
 */
final class SortedHits implements MatchScan.Visitor {
    private static final int SMALLEST_SLACK = 128;

    private final List<SegmentReader> segments;
    private final List<SortField> fields;
    private final int k;
    private final List<ColumnValue> after;
    private final boolean scored;
    private final MatchLimits limits;
    private final Comparator<FoundHit> firstFirst;
    private final List<FoundHit> gathered = new ArrayList<>();
    private final int capacity;
    private final SegmentKey[] keys;
    private final Place[] afterPlaces;
    private final Place[] lastPlaces;
    /** The values that hits must stand before, as far as is known; null while there is room. */
    private List<ColumnValue> last;

    private boolean lastIsPlaced;
    private int segment;
    private double maxScore = Double.NEGATIVE_INFINITY;

    /**
     * None yet.
     *
     * @param after the values behind which the hits stand; empty for all
     * @param scored whether documents come with their scores
     */
    SortedHits(
            List<SegmentReader> segments,
            List<SortField> fields,
            int k,
            List<ColumnValue> after,
            boolean scored,
            MatchLimits limits) {
        this.segments = segments;
        this.fields = fields;
        this.k = k;
        this.after = after;
        this.scored = scored;
        this.limits = limits;
        firstFirst = this::compare;
        capacity = k + Math.max(k, SMALLEST_SLACK);
        keys = new SegmentKey[fields.size()];
        afterPlaces = new Place[fields.size()];
        lastPlaces = new Place[fields.size()];
    }

    private int compare(FoundHit a, FoundHit b) {
        for (int i = 0; i < fields.size(); i++) {
            int order = fields.get(i).compare(a.sort().get(i), b.sort().get(i));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(a.hit().segment(), b.hit().segment());
        return order != 0 ? order : Integer.compare(a.hit().docId(), b.hit().docId());
    }

    @Override
    public void enter(int newSegment) {
        segment = newSegment;
        long firstOrdinal = 0;
        for (int i = 0; i < newSegment; i++) {
            firstOrdinal += segments.get(i).documentCount();
        }
        for (int i = 0; i < keys.length; i++) {
            keys[i] = fields.get(i).key(segments.get(newSegment), firstOrdinal);
            afterPlaces[i] = after.isEmpty() ? null : keys[i].place(after.get(i));
        }
        lastIsPlaced = false;
    }

    @Override
    public boolean visit(int inSegment, int docId, double score) {
        if (!limits.accept(score)) {
            return !limits.isExhausted();
        }
        maxScore = Math.max(maxScore, score);
        if (!after.isEmpty() && compare(afterPlaces, docId, score) <= 0) {
            return true;
        }
        // What comes later is behind its equals.
        if (last != null && compare(lastPlaces(), docId, score) >= 0) {
            return true;
        }
        List<ColumnValue> values = new ArrayList<>(keys.length);
        for (SegmentKey key : keys) {
            values.add(key.value(docId, score));
        }
        gathered.add(new FoundHit(new Hit(segment, docId, score), values));
        if (gathered.size() == capacity) {
            shrink();
            last = gathered.getLast().sort();
            lastIsPlaced = false;
        }
        return true;
    }

    private void shrink() {
        gathered.sort(firstFirst);
        if (gathered.size() > k) {
            gathered.subList(k, gathered.size()).clear();
        }
    }

    private Place[] lastPlaces() {
        if (!lastIsPlaced) {
            for (int i = 0; i < keys.length; i++) {
                lastPlaces[i] = keys[i].place(last.get(i));
            }
            lastIsPlaced = true;
        }
        return lastPlaces;
    }

    private static int compare(Place[] places, int docId, double score) {
        for (Place place : places) {
            int order = place.compare(docId, score);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** What was found, in order. */
    Found found(boolean complete) {
        shrink();
        return new Found(
                gathered,
                fields,
                limits.count(),
                complete && !limits.isExhausted(),
                complete,
                limits.isExhausted(),
                scored,
                maxScore);
    }
}
