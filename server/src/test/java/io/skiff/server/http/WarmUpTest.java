package io.skiff.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.RestApi;
import io.skiff.server.rest.WriteOptions;
import io.skiff.server.rest.query.QueryLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    @Test
    void searchesEveryFieldOfVectorsAndFindsSomething(@TempDir Path data) throws Exception {
        List<String> routes = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        write(data.resolve("vectors"));
        try (Collections collections = Collections.open(data)) {
            new WarmUp(RestApi.over(collections, QueryLimits.DEFAULT, WriteOptions.DEFAULT)
                            .observer((route, request, status, nanos) -> {
                                routes.add(route + " "
                                        + new String(request.body(), StandardCharsets.UTF_8).contains("\"often\":1"));
                                statuses.add(status);
                            })
                            .build())
                    .run(collections);
        }
        assertTrue(routes.contains("POST /{index}/_search true"), routes::toString);
        assertTrue(routes.contains("POST /{index}/_search false"), routes::toString);
        assertEquals(List.of(200), statuses.stream().distinct().toList());
    }

    /** Two fields; in one of them "often" is the most frequent token. */
    private static void write(Path index) throws Exception {
        try (IndexBuilder builder =
                IndexBuilder.create(index, Map.of("a", FieldOptions.DEFAULT, "b", FieldOptions.DEFAULT), false)) {
            for (int i = 0; i < 10; i++) {
                builder.add(new Document(
                        "d" + i,
                        Map.of(
                                "a", SparseVector.of(Map.of("often", 1, "seldom" + i, 2)),
                                "b", SparseVector.of(Map.of("other", 1))),
                        "{}".getBytes(StandardCharsets.UTF_8)));
            }
            builder.commit();
        }
    }
}
