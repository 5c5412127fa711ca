package io.skiff.server.http;

import io.skiff.index.SparseVector;
import io.skiff.scoring.SparseQuery;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches every collection a few times on the server's behalf: the very first search of a JVM loads the analyzer and the
 * kernels, which took 0.7 s where the next one took milliseconds, and no visitor should be the one to wait for it.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String WORDS = "the first search of this server";
    private static final int ROUNDS = 20;

    private WarmUp() {}

    static void run(Collections collections) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                collections.forEach(WarmUp::search);
            }
        } catch (RuntimeException e) {
            LOG.warn("could not search ahead of the first visitor", e);
        }
    }

    private static void search(Collection collection) {
        collection.textField().ifPresent(field -> {
            SparseVector vector = collection.encodeQuery(field, WORDS);
            if (!vector.isEmpty()) {
                collection.searcher().search(SparseQuery.of(field, vector), 1);
            }
        });
    }
}
