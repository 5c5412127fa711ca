package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxOptions;

/**
 * How a segment is built.
 *
 * @param blockMax when and how it gets block-max structures
 */
public record BuildOptions(BlockMaxOptions blockMax) {
    /** What suits most. */
    public static final BuildOptions DEFAULT = new BuildOptions(BlockMaxOptions.DEFAULT);

    /** The same with other block-max structures. */
    public BuildOptions withBlockMax(BlockMaxOptions options) {
        return new BuildOptions(options);
    }
}
