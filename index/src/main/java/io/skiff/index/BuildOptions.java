package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxOptions;

/**
 * How a segment is built.
 *
 * @param blockMax when and how it gets block-max structures
 * @param postings when it gets impact-ordered postings beside them
 * @param memoryBytes memory outside of the heap for the postings of the build; what is over it goes to disk until the
 *     build is done. On the heap a build needs about 30 MB per thread, 200 bytes per document and term, and 10 per posting
 *     of the most frequent term
 * @param threads threads that encode, the caller's among them; they change no byte of what is written
 * @param progress told how far the build is
 */
public record BuildOptions(
        BlockMaxOptions blockMax, PostingsChoice postings, long memoryBytes, int threads, BuildProgress progress) {
    /** What suits most: a quarter of the heap that the JVM may have, one thread. */
    public static final BuildOptions DEFAULT = new BuildOptions(
            BlockMaxOptions.DEFAULT,
            PostingsChoice.AUTO,
            Math.max(1 << 24, Runtime.getRuntime().maxMemory() / 4),
            1,
            BuildProgress.NONE);

    /** Refuses less than a thread or byte. */
    public BuildOptions {
        if (memoryBytes < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "a build needs memory and threads, got " + memoryBytes + " bytes and " + threads + " threads");
        }
    }

    /** The same with other block-max structures. */
    public BuildOptions withBlockMax(BlockMaxOptions options) {
        return new BuildOptions(options, postings, memoryBytes, threads, progress);
    }

    /** The same with another choice of postings. */
    public BuildOptions withPostings(PostingsChoice choice) {
        return new BuildOptions(blockMax, choice, memoryBytes, threads, progress);
    }

    /** The same with another limit of memory. */
    public BuildOptions withMemoryBytes(long bytes) {
        return new BuildOptions(blockMax, postings, bytes, threads, progress);
    }

    /** The same on more threads. */
    public BuildOptions withThreads(int count) {
        return new BuildOptions(blockMax, postings, memoryBytes, count, progress);
    }

    /** The same with somebody to tell. */
    public BuildOptions withProgress(BuildProgress listener) {
        return new BuildOptions(blockMax, postings, memoryBytes, threads, listener);
    }
}
