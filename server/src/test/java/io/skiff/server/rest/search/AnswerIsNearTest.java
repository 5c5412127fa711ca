package io.skiff.server.rest.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.RestApi;
import io.skiff.server.rest.Router;
import io.skiff.server.rest.WriteOptions;
import io.skiff.server.rest.query.QueryLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerIsNearTest {
    @TempDir
    private Path folder;

    @Test
    void aSearchWakesTheSenderOnceItHasFound() throws IOException {
        OracleIndex.build(folder.resolve("docs"), new Random(1), new int[] {20});
        AtomicInteger woken = new AtomicInteger();
        try (Collections collections = Collections.open(folder)) {
            Router router = RestApi.over(collections, QueryLimits.DEFAULT, WriteOptions.DEFAULT)
                    .build();
            Request request = new Request(
                    "GET",
                    "/docs/_search",
                    List.of("docs", "_search"),
                    Map.of(),
                    Map.of(),
                    new byte[0],
                    Map.of(),
                    new Cancellation(woken::incrementAndGet));
            assertEquals(200, router.route(request).answer().get().status());
            assertEquals(1, woken.get());
        }
    }
}
