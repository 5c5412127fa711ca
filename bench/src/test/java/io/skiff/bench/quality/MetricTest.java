package io.skiff.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTest {
    @ParameterizedTest
    @CsvSource({
        "ndcg, ndcg",
        "nDCG@10, ndcg@10",
        "ndcg_cut_10, ndcg@10",
        "ndcg_cut.10, ndcg@10",
        "MAP, map",
        "map_cut_5, map@5",
        "mrr@10, mrr@10",
        "recip_rank, mrr",
        "R@100, recall@100",
        "recall_1000, recall@1000",
        "set_recall, recall",
        "P_5, p@5",
        "precision@5, p@5",
        "hit@1, success@1",
        "success_10, success@10",
        "Rprec, rprec",
        "bpref, bpref",
        "num_rel_ret, num_rel_ret",
        "num_rel, num_rel",
        "num_ret, num_ret",
    })
    void knowsItsNamesAndThoseOfTrecEval(String text, String expected) {
        assertEquals(expected, Metric.parse(text).toString());
        assertEquals(Metric.parse(text), Metric.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "dcg, there is no metric 'dcg'",
        "'', there is no metric ''",
        "ndcg@, there is no metric 'ndcg@'",
        "ndcg@-1, there is no metric 'ndcg@-1'",
        "ndcg@0, metric 'ndcg@0': the cutoff must be",
        "ndcg@1234567890, metric 'ndcg@1234567890': the cutoff must be",
        "p, 'metric ''p'' needs a cutoff, such as p@10'",
        "bpref@5, 'metric ''bpref@5'' takes no cutoff, write bpref'",
    })
    void refusesOthers(String text, String expected) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Metric.parse(text));
        assertTrue(e.getMessage().startsWith(expected), e::getMessage);
    }

    @Test
    void formatsCountsAsWholeNumbers() {
        assertEquals("0.3333", Metric.parse("ndcg").format(1.0 / 3));
        assertEquals("1234", Metric.parse("num_ret").format(1234));
    }
}
