package io.skiff.bench.quality;

import io.skiff.server.ingest.BadInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skiff eval}. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = "Measures runs against relevance judgments, by trec_eval's definitions.",
        footer = {
            "",
            "Metrics: ndcg[@k], map[@k], mrr[@k], recall[@k], p@k, success@k (or hit@k), rprec, bpref, num_ret, num_rel,"
                    + " num_rel_ret; trec_eval's own names (ndcg_cut_10, recip_rank, P_5) are known too.",
            "",
            "As in trec_eval a run is ranked by its scores, equal ones by document id descending, whatever its rank"
                    + " column says; queries that are not both judged and in the run do not count (but see"
                    + " --complete)."
        })
public final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--qrels",
            required = true,
            paramLabel = "FILE",
            description = "Judgments: BEIR (query-id, corpus-id, score) or TREC (qid 0 docid grade), may be .gz.")
    private Path qrelsFile;

    @Option(
            names = "--run",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "TREC runs (qid Q0 docid rank score tag), may be .gz. With several, each is compared with the"
                    + " first: wins, ties, losses and paired tests.")
    private List<Path> runFiles;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "METRIC",
            converter = MetricConverter.class,
            defaultValue = "ndcg@10,map,mrr@10,recall@100,recall@1000",
            description = "What to measure (default: ${DEFAULT-VALUE}).")
    private List<Metric> metrics;

    @Option(
            names = "--per-query",
            description = "Print lines METRIC<TAB>QUERY<TAB>VALUE first; with several runs the run is a fourth column.")
    private boolean perQuery;

    @Option(
            names = "--complete",
            description = "Average over all judged queries, those that the run lacks with 0 (trec_eval -c).")
    private boolean complete;

    @Option(
            names = "--level",
            paramLabel = "GRADE",
            defaultValue = "1",
            description = "Lowest grade that counts as relevant (trec_eval -l; default: ${DEFAULT-VALUE}); nDCG's gains"
                    + " stay as they are.")
    private int level;

    @Override
    public Integer call() throws IOException {
        if (level < 1) {
            throw new ParameterException(spec.commandLine(), "--level must be 1 or more, got " + level);
        }
        Qrels qrels = Qrels.read(qrelsFile);
        List<Evaluation> evaluations = new ArrayList<>();
        for (Path file : runFiles) {
            Evaluation evaluation = Evaluation.of(qrels, read(file), metrics, complete, level);
            if (evaluation.values().isEmpty()) {
                throw new BadInputException(file.toString(), "has none of the queries that " + qrelsFile + " judges");
            }
            evaluations.add(evaluation);
        }
        PrintWriter out = spec.commandLine().getOut();
        EvalReport report = new EvalReport(out);
        if (perQuery) {
            report.printPerQuery(evaluations);
        }
        report.printSummary(evaluations);
        for (Evaluation other : evaluations.subList(1, evaluations.size())) {
            report.printComparison(evaluations.getFirst(), other);
        }
        out.flush();
        return 0;
    }

    /** A run under its file's name, or under the whole path where two have the same name. */
    private Run read(Path file) throws IOException {
        Run run = Run.read(file);
        Set<Path> names = new HashSet<>();
        boolean distinct = runFiles.stream().allMatch(other -> names.add(other.getFileName()));
        return distinct ? run : new Run(file.toString(), run.rankings());
    }
}
