package io.skiff.server.cli;

import io.skiff.encoder.HeaviestTokens;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.ModelDescription;
import io.skiff.encoder.onnx.ModelSettings;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skiff model check}: says what a model is and whether its export is right. */
@Command(
        name = "check",
        description =
                "Say what was found in a model's folder, how fast it runs, and whether it gives the weights that it"
                        + " should.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nGolden files:%n",
        footer = {
            "  {\"text\": {\"token\": weight, ...}, ...}   weights as the original model gives them; a token that is not",
            "  there has none. Make them where the model was made, with its own code: a wrong export (another head,",
            "  another activation, another tokenizer) gives vectors that look right and find nothing.",
            "",
            "Examples:",
            "  skiff model check models/splade",
            "  skiff model check models/splade --golden splade.golden.json --tolerance 0.01"
        })
final class ModelCheckCommand implements Callable<Integer> {
    private static final float DEFAULT_TOLERANCE = 1e-3f;
    private static final int STRONGEST = 12;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL_DIR", description = "The model's folder.")
    private Path folder;

    @Option(
            names = "--golden",
            paramLabel = "FILE",
            description = "Compare with these weights; exit code 1 if one is off.")
    private Path golden;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description = "How far a weight may be from the golden one. Default: 0.001.")
    private float tolerance = DEFAULT_TOLERANCE;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "The sample whose strongest tokens are printed. Default: a sentence about ships.")
    private String text = ModelSample.SENTENCE;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            converter = EncodeRole.Converter.class,
            description = "Encode --text and the golden texts as a query or a document. Default: document, unless the"
                    + " model encodes queries only.")
    private EncodeRole role;

    @Mixin
    private ExecutionArguments execution;

    @Override
    public Integer call() throws IOException {
        if (!(tolerance >= 0)) {
            throw new ParameterException(spec.commandLine(), "--tolerance must be 0 or more, got " + tolerance);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<GoldenVectors.Golden> expected = golden == null ? List.of() : GoldenVectors.read(golden);
        try (OnnxEncoder encoder = OnnxEncoder.open(folder, execution.options())) {
            ModelDescription model = encoder.describe();
            describe(model, out);
            boolean encodesDocuments =
                    model.output().isPresent() && model.settings().role() != ModelSettings.Role.QUERY;
            if (encodesDocuments) {
                ModelSample sample = ModelSample.run(encoder);
                line(out, "tokens per second", String.format(Locale.ROOT, "%,.0f", sample.tokensPerSecond()));
                line(out, "active terms", String.format(Locale.ROOT, "%.1f on average", sample.meanActiveTerms()));
            }
            boolean asQuery = role == null ? !encodesDocuments : role == EncodeRole.QUERY;
            line(out, "sample", text);
            line(out, "strongest tokens", strongest(vector(encoder, asQuery, text)));
            return golden == null || compare(encoder, asQuery, expected, out) ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            out.flush();
        }
    }

    private static void describe(ModelDescription model, PrintWriter out) {
        if (model.output().isEmpty()) {
            line(out, "model", "none, only fixed query weights");
        }
        model.inputs().forEach(input -> line(out, "input", input));
        model.output().ifPresent(output -> {
            line(out, "output", output.tensor());
            line(out, "pooling", lowerCase(model.settings().pooling()) + ", " + output.pooling());
            line(out, "activation", lowerCase(output.activation()));
            line(out, "provider", lowerCase(output.provider()));
        });
        String vocabulary = String.format(Locale.ROOT, "%,d tokens, %s", model.vocabularySize(), model.vocabulary());
        line(out, "vocabulary", vocabulary);
        line(out, "role", lowerCase(model.settings().role()));
        line(out, "max length", model.settings().maxLength() + " tokens");
        if (model.queryWeightCount() > 0) {
            line(out, "query weights", String.format(Locale.ROOT, "fixed, %,d tokens", model.queryWeightCount()));
        }
    }

    private static SparseVector vector(SparseEncoder encoder, boolean asQuery, String text) {
        return asQuery
                ? encoder.encodeQuery(text, FieldStatistics.NONE)
                : encoder.encodeDocuments(List.of(text)).getFirst();
    }

    private static String strongest(SparseVector vector) {
        return vector.isEmpty()
                ? "none"
                : HeaviestTokens.byWeight(vector)
                        .limit(STRONGEST)
                        .mapToObj(i -> String.format(Locale.ROOT, "%s %.3f", vector.token(i), vector.weight(i)))
                        .collect(Collectors.joining(", "));
    }

    private boolean compare(
            SparseEncoder encoder, boolean asQuery, List<GoldenVectors.Golden> expected, PrintWriter out) {
        int wrong = 0;
        for (GoldenVectors.Golden each : expected) {
            SparseVector vector = vector(encoder, asQuery, each.text());
            GoldenVectors.Difference furthest = each.furthest(vector);
            if (furthest.size() > tolerance) {
                wrong++;
                line(
                        out,
                        "off",
                        String.format(
                                Locale.ROOT,
                                "%,d tokens of '%s', most of all '%s': %.4f, expected %.4f",
                                each.countAbove(vector, tolerance),
                                each.text(),
                                furthest.token(),
                                furthest.actual(),
                                furthest.expected()));
            }
        }
        line(
                out,
                "golden vectors",
                String.format(Locale.ROOT, "%d of %d within %s", expected.size() - wrong, expected.size(), tolerance));
        return wrong == 0;
    }

    private static void line(PrintWriter out, String label, String value) {
        out.printf(Locale.ROOT, "%-18s %s%n", label, value);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
