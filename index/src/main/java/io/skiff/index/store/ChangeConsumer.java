package io.skiff.index.store;

import java.io.IOException;

/** Takes changes one by one. */
@FunctionalInterface
public interface ChangeConsumer {
    /** Takes one. */
    void accept(Change change) throws IOException;
}
