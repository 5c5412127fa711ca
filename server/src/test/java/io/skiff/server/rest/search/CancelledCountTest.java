package io.skiff.server.rest.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.query.Query;
import io.skiff.server.rest.query.QueryLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelledCountTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_260_120);

    @TempDir
    private Path folder;

    @Test
    void aCountThatNobodyWaitsForEndsInsteadOfBeingWrong() throws IOException {
        OracleIndex index = OracleIndex.build(folder.resolve("index"), new Random(SEED), new int[] {150, 40});
        Query random = new RandomQueries(new Random(SEED), index.docs().size()).query(0);
        try (Collection collection = Collection.open("index", folder.resolve("index"))) {
            for (Query query : List.of(random, new Query.MatchAll(1))) {
                Cancellation cancellation = new Cancellation();
                assertTrue(CollectionSearch.count(collection, QueryLimits.DEFAULT, query, cancellation) >= 0);
                cancellation.cancel();
                RestException end = assertThrows(
                        RestException.class,
                        () -> CollectionSearch.count(collection, QueryLimits.DEFAULT, query, cancellation));
                assertEquals(499, end.status());
            }
        }
    }
}
