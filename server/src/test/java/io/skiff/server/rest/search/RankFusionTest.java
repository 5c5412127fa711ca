package io.skiff.server.rest.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.scoring.Hit;
import io.skiff.scoring.TopDocs;
import io.skiff.server.rest.search.Retriever.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankFusionTest {
    /** Two chunks a document. */
    private final RankFusion fusion = new RankFusion(hit -> "d" + hit.docId() / 2);

    private static TopDocs list(Hit... hits) {
        return new TopDocs(List.of(hits), hits.length, true);
    }

    private static Hit hit(int docId, double score) {
        return new Hit(0, docId, score);
    }

    @Test
    void chunksOfADocumentAreOneDocument() {
        fusion.addByRank(list(hit(0, 9), hit(4, 8)), 1, 60);
        fusion.addByRank(list(hit(7, 5), hit(1, 4)), 2, 60);
        assertEquals(
                List.of(hit(0, 1 / 61.0 + 2 / 62.0), hit(7, 2 / 61.0), hit(4, 1 / 62.0)),
                fusion.top(10).hits());
        assertEquals(2, fusion.top(2).hits().size());
        assertEquals(3, fusion.top(2).totalHits());
    }

    @Test
    void normalizesScores() {
        assertEquals(List.of(1.0, 0.5, 0.0), normalized(Normalizer.MINMAX, 6, 4, 2));
        assertEquals(List.of(1.0, 1.0), normalized(Normalizer.MINMAX, 3, 3), "where all are equal, all are best");
        assertEquals(List.of(0.8, 0.6), normalized(Normalizer.L2_NORM, 8, 6));
        assertEquals(List.of(8.0, 6.0), normalized(Normalizer.NONE, 8, 6));
        assertEquals(List.of(), normalized(Normalizer.MINMAX));
    }

    private static List<Double> normalized(Normalizer normalizer, double... scores) {
        RankFusion fusion = new RankFusion(hit -> "d" + hit.docId());
        Hit[] hits = new Hit[scores.length];
        Arrays.setAll(hits, i -> hit(i, scores[i]));
        fusion.addByScore(list(hits), 1, normalizer.of(List.of(hits)));
        return fusion.top(10).hits().stream().map(Hit::score).toList();
    }

    @Test
    void isAsCompleteAsItsLists() {
        fusion.addByRank(list(hit(0, 9)), 1, 60);
        assertTrue(fusion.top(1).totalHitsExact());
        fusion.addByRank(new TopDocs(List.of(hit(2, 1)), 5, true, false, 1), 1, 60);
        assertFalse(fusion.top(1).totalHitsExact());
        assertFalse(fusion.top(1).complete());
    }
}
