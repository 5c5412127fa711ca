package io.skiff.server.cli;

import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.ModelOptions;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.encoder.onnx.QueryOptions;
import io.skiff.scoring.Explanation;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.Searcher;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.EncoderPool;
import io.skiff.server.ingest.InOrder;
import io.skiff.server.ingest.QueryFile;
import io.skiff.server.ingest.QueryFormat;
import io.skiff.server.ingest.QueryRecord;
import io.skiff.server.rest.explain.QueryTokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skiff search}: searches an index. */
@Command(
        name = "search",
        description = "Search an index with one query or a file of them.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nFormats of queries:%n",
        footer = {
            "  beir     one JSON object a line, {\"_id\", \"text\"}",
            "  tsv      id<TAB>text",
            "  vectors  one JSON object a line, {\"id\", \"vector\": {\"token\": 1.23, ...}}",
            "  weights  id<TAB>token:weight token:weight ...",
            "  tokens   id<TAB>tok tok tok, a token's weight is how often it stands there",
            "They are told apart by the lines: a JSON object is a vector if it has one, else text. Other lines are",
            "weights if every item of every line is token:weight; else text where the index was made from text, and",
            "tokens where it was made from vectors. gzip and Zstandard are read as such.",
            "Text is encoded with the encoder that the index was made with. Of an index of chunks, each document is found",
            "by its best chunk, and the chunk's place in the text is printed before it: [START-END], in chars.",
            "",
            "Examples:",
            "  skiff search --index data/cacm --query \"time sharing systems\" --explain",
            "  skiff search --index data/cacm --queries cacm/queries.jsonl --k 1000 --run cacm.run",
            "  skiff search --index data/splade --queries dev.vec.tsv.gz --stats"
        })
final class SearchCommand implements Callable<Integer> {
    /** Finds .985 of the best 10 on SPLADE vectors, in two thirds of the time. */
    private static final double DEFAULT_IGNORED_SHARE = .1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index to search.")
    private Path index;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Queries queries;

    private static final class Queries {
        @Option(
                names = "--query",
                paramLabel = "TEXT",
                description = "One query: text, or token:weight items or repeated tokens for an index of vectors.")
        private String text;

        @Option(names = "--queries", paramLabel = "FILE", description = "A file of queries, or - for standard input.")
        private String file;
    }

    @Option(
            names = "--queries-format",
            paramLabel = "FORMAT",
            converter = ChoiceConverter.Queries.class,
            description = "beir, tsv, vectors, weights or tokens, see below. Default: told by the lines.")
    private QueryFormat format;

    @Option(names = "--k", paramLabel = "N", description = "Hits per query, 1 to 10000. Default: 10.")
    private int k = 10;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            description =
                    "The field to search. Default: the one made from text for text, the one of the input's vectors"
                            + " for vectors.")
    private String field;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = Mode.Converter.class,
            description =
                    "exact, or approx, which may miss hits that owe their place to the query's light tokens; every"
                            + " hit's score is exact all the same. Default: exact.")
    private Mode mode = Mode.EXACT;

    @Option(
            names = "--ignore",
            paramLabel = "SHARE",
            description = "With --mode approx: the share of the query's mass (weight times largest impact, over its"
                    + " tokens) that the choice of documents may ignore, from 0 to less than 1. Default: 0.1.")
    private Double ignoredShare;

    @Option(
            names = "--run",
            paramLabel = "FILE",
            description = "Write the hits as a TREC run, 'qid Q0 docid rank score tag', instead of printing them."
                    + " A single --query has the id 1.")
    private Path run;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that search. Default: 1.")
    private int threads = 1;

    @Option(
            names = "--encoder",
            paramLabel = "ENCODER",
            converter = EncoderArgument.Converter.class,
            description = "The encoder of queries in words: bm25, or the folder of a model with the vocabulary of the"
                    + " one that the index was made with. Default: the one that the index remembers.")
    private EncoderArgument encoder;

    @Mixin
    private ExecutionArguments execution;

    @Mixin
    private PruningArguments pruning;

    @Option(
            names = "--explain",
            description =
                    "Print under each hit what each token of the query contributes, and at last which tokens no document"
                            + " has or were pruned.")
    private boolean explain;

    @Option(
            names = "--stats",
            description = "Search once more with the clock running, after warming up, and print one line of JSON with"
                    + " mean and percentiles in microseconds per query (encoding included) and queries per second,"
                    + " instead of the hits.")
    private boolean stats;

    private enum Mode {
        EXACT,
        APPROX;

        private static final class Converter extends ChoiceConverter<Mode> {
            Converter() {
                super(Mode.values());
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Optional<Path> model =
                encoder instanceof EncoderArgument.Model given ? Optional.of(given.folder()) : Optional.empty();
        try (EncoderPool pool = new EncoderPool(new ModelOptions(model, execution.options(), QueryOptions.DEFAULT));
                Collection collection = Collection.open(name(), index, pool)) {
            checkEncoder(collection);
            if (field != null && collection.reader().field(field).isEmpty()) {
                throw wrong("--field: index " + index + " has no field '" + field + "', it has "
                        + String.join(", ", collection.reader().fields().keySet()));
            }
            QuerySearch search = new QuerySearch(collection, Optional.ofNullable(field), options(), pruning);
            List<QueryRecord> records = records(collection);
            if (run != null) {
                writeRun(search, records);
            } else if (!stats) {
                print(search, records);
            }
            if (stats) {
                spec.commandLine()
                        .getOut()
                        .println(new LatencyMeasurement(search, records, threads)
                                .run(k)
                                .toJson());
            }
            return ExitCode.OK;
        }
    }

    private void checkOptions() {
        if (k < 1 || k > Searcher.MAX_K) {
            throw wrong("--k must be from 1 to " + Searcher.MAX_K + ", got " + k);
        }
        if (threads < 1) {
            throw wrong("--threads must be at least 1, got " + threads);
        }
        execution.options();
        pruning.check();
        if (encoder instanceof EncoderArgument.None) {
            throw wrong("--encoder none encodes nothing; give queries as vectors instead");
        }
        if (ignoredShare != null && mode == Mode.EXACT) {
            throw wrong("--ignore is for --mode approx; an exact search ignores nothing");
        }
        if (ignoredShare != null && !(ignoredShare >= 0 && ignoredShare < 1)) {
            throw wrong("--ignore must be from 0 to less than 1, got " + ignoredShare);
        }
        if (explain && (run != null || stats)) {
            throw wrong("--explain prints under the hits, which --run and --stats do not print");
        }
    }

    private SearchOptions options() {
        SearchOptions exact = SearchOptions.top(k);
        double share = ignoredShare == null ? DEFAULT_IGNORED_SHARE : ignoredShare;
        return mode == Mode.EXACT ? exact : exact.ignoring(share);
    }

    /** A model is opened in place of a model only, and BM25 has the index's parameters or none. */
    private void checkEncoder(Collection collection) throws IOException {
        if (encoder == null) {
            return;
        }
        Optional<String> searched = Optional.ofNullable(field).or(collection::textField);
        Optional<SparseEncoder> remembered = searched.flatMap(collection::encoder);
        boolean wantsModel = encoder instanceof EncoderArgument.Model;
        if (remembered.isEmpty() || remembered.get() instanceof OnnxEncoder != wantsModel) {
            throw new IOException("--encoder: the field that is searched in index " + index + " was made "
                    + remembered.map(each -> "with " + each.name()).orElse("from vectors") + "; give "
                    + (remembered.isEmpty() ? "queries as vectors" : "its own encoder, or none to take it"));
        }
    }

    private String name() {
        Path last = index.getFileName();
        return last == null ? index.toString() : last.toString();
    }

    private List<QueryRecord> records(Collection collection) throws IOException {
        boolean hasEncoder = field == null
                ? collection.textField().isPresent()
                : collection.encoder(field).isPresent();
        return queries.text == null
                ? QueryFile.read(queries.file, Optional.ofNullable(format), hasEncoder)
                : List.of(QueryFile.single(queries.text, Optional.ofNullable(format), hasEncoder));
    }

    private record Result(QueryRecord query, List<Hit> hits, List<Explanation> explanations, QueryTokens silent) {}

    private void searchAll(QuerySearch search, List<QueryRecord> records, InOrder.Sink<Result> sink)
            throws IOException {
        try (InOrder<Result> work = new InOrder<>(threads, sink)) {
            for (QueryRecord query : records) {
                work.submit(() -> {
                    List<Hit> hits = search.search(query).hits();
                    return explain
                            ? new Result(query, hits, search.explain(query, hits), search.silentTokens(query))
                            : new Result(query, hits, List.of(), QueryTokens.NONE);
                });
            }
            work.finish();
        }
    }

    private void writeRun(QuerySearch search, List<QueryRecord> records) throws IOException {
        try (TrecRun trecRun = TrecRun.create(run)) {
            searchAll(search, records, result -> trecRun.add(result.query.id(), search.collection(), result.hits));
            trecRun.commit();
        }
    }

    private void print(QuerySearch search, List<QueryRecord> records) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        HitPrinter printer = new HitPrinter(search.collection(), out);
        searchAll(search, records, result -> {
            if (queries.file != null) {
                out.println("query " + result.query.id());
            }
            printer.print(result.hits, result.explanations, result.silent);
        });
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
