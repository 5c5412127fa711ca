package io.skiff.server.cli;

import io.skiff.encoder.Chunking;
import io.skiff.server.ingest.TextEncoding;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How {@code skiff index} cuts texts that a model cannot read whole. */
final class ChunkArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--chunk",
            paramLabel = "UNIT",
            converter = UnitConverter.class,
            description = "Cut texts that a model cannot read whole into chunks of tokens or of sentences; a document's"
                    + " score is then its best chunk's. Default: what is too long is left out.")
    private Chunking.Unit unit;

    @Option(
            names = "--chunk-tokens",
            paramLabel = "N",
            description = "Most tokens of a chunk. Default: as many as the model reads.")
    private Integer tokens;

    @Option(
            names = "--chunk-overlap",
            paramLabel = "N",
            description = "Most tokens that a chunk shares with the one before. Default: an eighth of --chunk-tokens.")
    private Integer overlap;

    private static final class UnitConverter extends ChoiceConverter<Chunking.Unit> {
        UnitConverter() {
            super(Chunking.Unit.values());
        }
    }

    Optional<TextEncoding.Chunks> chunks() {
        if (unit == null) {
            if (tokens != null || overlap != null) {
                throw wrong((tokens == null ? "--chunk-overlap" : "--chunk-tokens")
                        + " says how --chunk cuts, which is not given");
            }
            return Optional.empty();
        }
        if (tokens != null && tokens < 1) {
            throw wrong("--chunk-tokens must be 1 or more, got " + tokens);
        }
        if (overlap != null && (overlap < 0 || (tokens != null && overlap >= tokens))) {
            throw wrong("--chunk-overlap must be 0 or more and less than --chunk-tokens, got " + overlap);
        }
        return Optional.of(new TextEncoding.Chunks(unit, optional(tokens), optional(overlap)));
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
