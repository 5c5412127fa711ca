package io.skiff.server.collection;

/** What is served under a name. */
sealed interface ServedIndex extends AutoCloseable permits BuiltIndex, LiveIndex {
    String name();

    /** The index as it stands now; to be closed by the caller. */
    Collection acquire();

    @Override
    void close();
}
