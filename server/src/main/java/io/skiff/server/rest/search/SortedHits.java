package io.skiff.server.rest.search;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.ColumnValue;
import io.skiff.scoring.Hit;
import io.skiff.server.rest.plan.MatchScan;
import io.skiff.server.rest.search.Found.FoundHit;
import io.skiff.server.rest.search.SortField.Place;
import io.skiff.server.rest.search.SortField.SegmentKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Keeps the first hits, in the order of some keys, of the documents that it is told of; the earlier of equals first. A
 * document is compared with the last of the hits so far without its values being read, so that few are.
 */
final class SortedHits implements MatchScan.Visitor {
    private final List<SegmentReader> segments;
    private final List<SortField> fields;
    private final int k;
    private final List<ColumnValue> after;
    private final boolean scored;
    private final MatchLimits limits;
    private final Comparator<FoundHit> firstFirst;
    private final PriorityQueue<FoundHit> lastFirst;
    private final SegmentKey[] keys;
    private final Place[] afterPlaces;
    private final Place[] lastPlaces;
    private boolean lastIsPlaced;
    private int segment;

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
        lastFirst = new PriorityQueue<>(firstFirst.reversed());
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
        if (!after.isEmpty() && compare(afterPlaces, docId, score) <= 0) {
            return true;
        }
        if (lastFirst.size() == k) {
            placeLast();
            // What comes later is behind its equals.
            if (compare(lastPlaces, docId, score) >= 0) {
                return true;
            }
            lastFirst.poll();
        }
        List<ColumnValue> values = new ArrayList<>(keys.length);
        for (SegmentKey key : keys) {
            values.add(key.value(docId, score));
        }
        lastFirst.add(new FoundHit(new Hit(segment, docId, score), values));
        lastIsPlaced = false;
        return true;
    }

    private void placeLast() {
        if (!lastIsPlaced) {
            List<ColumnValue> values = lastFirst.peek().sort();
            for (int i = 0; i < keys.length; i++) {
                lastPlaces[i] = keys[i].place(values.get(i));
            }
            lastIsPlaced = true;
        }
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
        List<FoundHit> hits = new ArrayList<>(lastFirst);
        Collections.sort(hits, firstFirst);
        return new Found(
                hits,
                fields,
                limits.count(),
                complete && !limits.isExhausted(),
                complete,
                limits.isExhausted(),
                scored);
    }
}
