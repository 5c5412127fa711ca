package io.skiff.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skiff.scoring.SparseQuery;
import io.skiff.server.collection.Collection;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.IndexOptions;
import io.skiff.server.ingest.IndexProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSearchTest {
    @TempDir
    Path folder;

    private static List<String> topFive(Collection collection, String question) {
        SparseQuery query = SparseQuery.of(IndexJob.TEXT_FIELD, collection.encodeQuery(IndexJob.TEXT_FIELD, question));
        return collection.searcher().search(query, 5).hits().stream()
                .map(hit -> collection.reader().segments().get(hit.segment()).externalId(hit.docId()))
                .toList();
    }

    @Test
    void plainQuestionsFindTheMethods() throws IOException {
        assumeTrue(JdkApiSource.archive().isPresent(), "this JDK carries no lib/src.zip");
        Set<String> packages = Set.of("java.util.concurrent", "java.lang", "java.util.regex");
        Path directory = folder.resolve("jdk");
        try (JdkApiSource source = JdkApiSource.open(JdkApiSource.ARCHIVE, packages::contains)) {
            IndexJob.run(source, IndexOptions.bm25(directory, false), IndexProgress.NONE);
        }
        try (Collection collection = Collection.open("jdk", directory)) {
            List<String> delay = topFive(collection, "run a task after a delay");
            assertTrue(
                    delay.contains("java.util.concurrent.ScheduledExecutorService#schedule(Runnable,long,TimeUnit)"),
                    delay.toString());
            List<String> split = topFive(collection, "split a string around a regular expression");
            assertEquals("java.lang.String#split(String)", split.getFirst(), split.toString());
            assertTrue(split.contains("java.util.regex.Pattern#split(CharSequence)"), split.toString());
        }
    }
}
