package io.skiff.server.cli;

import io.skiff.index.BuildOptions;
import io.skiff.index.PostingsChoice;
import io.skiff.index.blockmax.BlockMaxOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the segment of an index is built. */
final class BuildArguments {
    private static final long MEGABYTE = 1 << 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--block-size",
            paramLabel = "N",
            description =
                    "Documents that share a bound, 8 or 4. 4 takes a quarter more space, and is faster where bounds"
                            + " prune little: documents without topics, flat weights, large k. Default: 8.")
    private int blockSize = 1 << BlockMaxOptions.DEFAULT.blockShift();

    @Option(
            names = "--postings",
            paramLabel = "WHEN",
            converter = Choice.class,
            description = "auto, always or never: a second copy of the postings by impact, 1.9 bytes each, to score all"
                    + " documents where bounds prune little. auto: below 200,000 documents. Default: auto.")
    private PostingsChoice postings = PostingsChoice.AUTO;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description =
                    "Memory, outside of the heap, for postings that wait to be written; what is over it waits on disk."
                            + " Default: a quarter of the heap.")
    private Integer megabytes;

    private static final class Choice extends ChoiceConverter<PostingsChoice> {
        Choice() {
            super(PostingsChoice.values());
        }
    }

    /** The options, or a complaint about wrong ones. */
    BuildOptions options() {
        if (blockSize != 4 && blockSize != 8) {
            throw new ParameterException(spec.commandLine(), "--block-size must be 8 or 4, got " + blockSize);
        }
        if (megabytes != null && megabytes < 1) {
            throw new ParameterException(spec.commandLine(), "--memory must be at least 1, got " + megabytes);
        }
        BlockMaxOptions blockMax = new BlockMaxOptions(
                BlockMaxOptions.DEFAULT.leastDocumentCount(), Integer.numberOfTrailingZeros(blockSize));
        BuildOptions options = BuildOptions.DEFAULT.withBlockMax(blockMax).withPostings(postings);
        return megabytes == null ? options : options.withMemoryBytes(megabytes * MEGABYTE);
    }
}
