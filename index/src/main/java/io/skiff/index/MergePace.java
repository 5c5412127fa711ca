package io.skiff.index;

/** How fast a merge may go, and whether it may go on. */
@FunctionalInterface
public interface MergePace {
    /** As fast as it can. */
    MergePace UNLIMITED = () -> {};

    /**
     * Called before each document, and now and then while the segment is encoded; may wait.
     *
     * @throws java.util.concurrent.CancellationException if the merge is to be given up
     */
    void beforeDocument();
}
