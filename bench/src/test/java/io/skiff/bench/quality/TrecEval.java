package io.skiff.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import uk.ac.gla.terrier.jtreceval.trec_eval;

/** The real trec_eval, run as a process, and our numbers held against its. */
final class TrecEval {
    /** Our metrics; {@code mrr@k} is trec_eval's on a run cut at k. */
    private static final List<String> METRICS = List.of(
            "ndcg",
            "ndcg@1",
            "ndcg@5",
            "ndcg@10",
            "ndcg@1000",
            "map",
            "map@3",
            "map@10",
            "mrr",
            "mrr@2",
            "mrr@10",
            "recall",
            "recall@5",
            "recall@100",
            "p@1",
            "p@5",
            "p@100",
            "success@1",
            "success@5",
            "rprec",
            "bpref",
            "num_ret",
            "num_rel",
            "num_rel_ret");

    private static final Map<String, String> THEIR_NAMES = Map.of(
            "ndcg@", "ndcg_cut.",
            "map@", "map_cut.",
            "recall@", "recall.",
            "p@", "P.",
            "success@", "success.",
            "mrr", "recip_rank",
            "recall", "set_recall",
            "rprec", "Rprec");

    private TrecEval() {}

    /** Asserts that every metric agrees, for every query and in the mean, to the four decimals that trec_eval prints. */
    static void assertAgrees(Path trecQrels, Path run, boolean complete, int level, String message) throws Exception {
        Assumptions.assumeTrue(trec_eval.isPlatformSupported(), "jtreceval has no trec_eval for this platform");
        List<Metric> metrics = METRICS.stream().map(Metric::parse).toList();
        Evaluation evaluation = Evaluation.of(Qrels.read(trecQrels), Run.read(run), metrics, complete, level);
        for (int i = 0; i < metrics.size(); i++) {
            Map<String, String> theirs = run(trecQrels, run, metrics.get(i), complete, level);
            if (complete && level > 1 && metrics.get(i).measure() == Measure.NUM_REL) {
                // Here alone trec_eval forgets its -l and sums what is relevant at level 1.
                theirs.put("all", metrics.get(i).format(evaluation.summary(i)));
            }
            assertAgrees(evaluation, i, theirs, complete, message);
        }
    }

    private static void assertAgrees(
            Evaluation evaluation, int i, Map<String, String> theirs, boolean complete, String message) {
        Metric metric = evaluation.metrics().get(i);
        assertClose(theirs.get("all"), evaluation.summary(i), () -> metric + " of all, " + message);
        // With -c trec_eval averages over the missing queries, but does not print them.
        if (!complete) {
            assertEquals(theirs.size() - 1, evaluation.values().size(), () -> "queries, " + message);
        }
        evaluation.values().forEach((query, values) -> {
            if (!complete || theirs.containsKey(query)) {
                assertClose(theirs.get(query), values[i], () -> metric + " of " + query + ", " + message);
            }
        });
    }

    private static void assertClose(String expected, double actual, Supplier<String> message) {
        assertNotNull(expected, message);
        // Theirs is rounded to four decimals.
        assertEquals(Double.parseDouble(expected), actual, 0.5e-4 + 1e-9, message);
    }

    /** Value by query, and that of {@code all}. */
    private static Map<String, String> run(Path qrels, Path run, Metric metric, boolean complete, int level)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-q", "-l", Integer.toString(level)));
        if (complete) {
            arguments.add("-c");
        }
        String name = metric.toString();
        int at = name.indexOf('@');
        String theirName;
        if (name.startsWith("mrr@")) {
            arguments.addAll(List.of("-M", name.substring(at + 1)));
            theirName = "recip_rank";
        } else if (at < 0) {
            theirName = THEIR_NAMES.getOrDefault(name, name);
        } else {
            theirName = THEIR_NAMES.get(name.substring(0, at + 1)) + name.substring(at + 1);
        }
        arguments.addAll(List.of("-m", theirName, qrels.toString(), run.toString()));
        trec_eval process = new trec_eval();
        Map<String, String> values = new HashMap<>();
        for (String[] line : process.runAndGetOutput(arguments.toArray(String[]::new))) {
            values.put(line[1].strip(), line[2].strip());
        }
        assertEquals(0, process.getLastExitCode(), () -> "exit code of trec_eval " + arguments);
        return values;
    }
}
