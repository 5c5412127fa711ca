package io.skiff.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A collection whose rankings are computed by hand.
 *
 * <p>Query q1, "apple": BM25 finds d1 (twice in it) before d3, vectors d3 (3) before d1 (2); only d1 is relevant. Query
 * q2, "banana": BM25 finds d2 (shorter) before d3, vectors find d4 alone, which is the relevant one.
 */
final class TinyCollection {
    private TinyCollection() {}

    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("qrels"));
        Files.writeString(folder.resolve("corpus.jsonl"), """
                {"_id": "d1", "title": "", "text": "apple apple"}
                {"_id": "d2", "title": "", "text": "banana"}
                {"_id": "d3", "title": "", "text": "apple banana"}
                {"_id": "d4", "title": "", "text": "cherry"}
                """);
        Files.writeString(folder.resolve("queries.jsonl"), """
                {"_id": "q1", "text": "apple"}
                {"_id": "q2", "text": "banana"}
                {"_id": "q3", "text": "nobody judged this"}
                """);
        Files.writeString(folder.resolve("qrels/test.tsv"), """
                query-id\tcorpus-id\tscore
                q1\td1\t1
                q1\td3\t0
                q2\td4\t1
                """);
        // In another order than the documents.
        Files.writeString(folder.resolve("vectors.jsonl"), """
                {"id": "d2", "vector": {"z": 5}}
                {"id": "d4", "vector": {"y": 1}}
                {"id": "d1", "vector": {"x": 2}}
                {"id": "d3", "vector": {"x": 3, "z": 1}}
                """);
        Files.writeString(folder.resolve("query-vectors.tsv"), "q2\ty:1\nq1\tx:1\n");
        return folder;
    }
}
