package io.skiff.bench.corpus;

import java.io.IOException;

/** A stream of documents. */
public interface DocumentSupplier {
    /** The next document, tokens ascending, or null at the end. */
    WeightedTokens next() throws IOException;
}
