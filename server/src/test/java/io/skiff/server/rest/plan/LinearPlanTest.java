package io.skiff.server.rest.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skiff.index.SparseVector;
import io.skiff.scoring.SparseQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which queries are one search of the engine; that all are answered rightly is held elsewhere. */
final class LinearPlanTest {
    private static final SparseQuery.Clause A = new SparseQuery.Clause("f", SparseVector.of(Map.of("a", 1f)), 1);
    private static final SparseQuery.Clause B = new SparseQuery.Clause("g", SparseVector.of(Map.of("b", 1f)), 2);
    private static final DocumentSet FEW = new DocumentSet.Ids(List.of("1"));

    private static ScoreNode product(SparseQuery.Clause clause) {
        return new ScoreNode.Product(new SparseQuery(List.of(clause)));
    }

    private static ScoreNode constant(DocumentSet documents, double score) {
        return new ScoreNode.Constant(documents, score);
    }

    private static ScoreNode sum(List<ScoreNode> required, List<ScoreNode> optional, int minimum, DocumentSet among) {
        return new ScoreNode.Sum(required, optional, minimum, among);
    }

    private static void assertScored(
            List<SparseQuery.Clause> clauses, boolean required, DocumentSet documents, double added, ScoreNode node) {
        QueryPlan.Scored plan = assertInstanceOf(QueryPlan.Scored.class, LinearPlan.plan(node));
        assertEquals(new QueryPlan.Scored(new SparseQuery(clauses), required, documents, added, node), plan);
    }

    @Test
    void sumsOfDotProductsAreOneSearch() {
        DocumentSet all = DocumentSet.everything();
        assertScored(List.of(A), true, all, 0, product(A));
        assertScored(List.of(A, B), true, all, 0, sum(List.of(), List.of(product(A), product(B)), 1, all));
        assertScored(List.of(A, B), true, FEW, 0, sum(List.of(), List.of(product(A), product(B)), 1, FEW));
        assertScored(
                List.of(A, B),
                true,
                FEW,
                0,
                sum(List.of(sum(List.of(), List.of(product(A), product(B)), 1, all)), List.of(), 0, FEW));
    }

    @Test
    void constantsThatEveryHitGetsAreAdded() {
        DocumentSet all = DocumentSet.everything();
        assertScored(List.of(A), true, FEW, 3, sum(List.of(product(A), constant(FEW, 3)), List.of(), 0, all));
        assertScored(List.of(A), true, all, 1, sum(List.of(product(A)), List.of(constant(all, 1)), 0, all));
    }

    @Test
    void whatMatchesWithoutADotProductFollows() {
        DocumentSet all = DocumentSet.everything();
        assertScored(List.of(A), false, FEW, 0, sum(List.of(), List.of(product(A)), 0, FEW));
        assertScored(
                List.of(A, B), false, FEW, 2, sum(List.of(constant(FEW, 2)), List.of(product(A), product(B)), 0, all));
    }

    @Test
    void setsAreUniform() {
        DocumentSet all = DocumentSet.everything();
        assertEquals(new QueryPlan.Uniform(FEW, 0), LinearPlan.plan(sum(List.of(), List.of(), 0, FEW)));
        assertEquals(
                new QueryPlan.Uniform(FEW, 3),
                LinearPlan.plan(sum(List.of(constant(FEW, 1)), List.of(constant(all, 2)), 1, all)));
        assertEquals(
                new QueryPlan.Uniform(DocumentSet.nothing(), 0),
                LinearPlan.plan(sum(List.of(), List.of(product(A)), 2, all)));
    }

    @Test
    void whatASumDoesNotShowIsCombined() {
        DocumentSet all = DocumentSet.everything();
        List<ScoreNode> combined = List.of(
                sum(List.of(product(A), product(B)), List.of(), 0, all),
                sum(List.of(product(A)), List.of(product(B)), 0, all),
                sum(List.of(), List.of(product(A), constant(FEW, 1)), 1, all),
                sum(List.of(), List.of(product(A), product(B), product(A)), 2, all),
                sum(List.of(product(A)), List.of(constant(FEW, 1)), 0, all),
                new ScoreNode.Best(List.of(product(A), product(B)), 0.5f));
        for (ScoreNode node : combined) {
            assertEquals(new QueryPlan.Combined(node), LinearPlan.plan(node));
        }
    }
}
