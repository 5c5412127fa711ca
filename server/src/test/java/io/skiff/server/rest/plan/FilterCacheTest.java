package io.skiff.server.rest.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.Document;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexReader;
import io.skiff.index.SegmentReader;
import io.skiff.index.columns.DocBits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilterCacheTest {
    private static final int SET_BYTES = (FilterCache.LEAST_DOCUMENTS / 64 + 1) * 8;

    private static IndexReader index(Path directory, int documentCount) throws IOException {
        try (IndexBuilder builder = IndexBuilder.create(directory, Map.of(), false)) {
            for (int i = 0; i < documentCount; i++) {
                builder.add(new Document("d" + i, Map.of(), new byte[0]));
            }
            builder.commit();
        }
        return IndexReader.open(directory);
    }

    private static DocumentSet set(int number) {
        return new DocumentSet.Ids(List.of("d" + number));
    }

    private static DocBits find(FilterCache cache, SegmentReader segment, DocumentSet set, AtomicInteger found) {
        return cache.get(segment, set, () -> {
            found.incrementAndGet();
            return DocBits.none(segment.documentCount());
        });
    }

    @Test
    void whatIsAskedForAgainIsKept(@TempDir Path directory) throws IOException {
        try (IndexReader reader = index(directory.resolve("index"), FilterCache.LEAST_DOCUMENTS)) {
            FilterCache cache = new FilterCache(10 * SET_BYTES);
            SegmentReader segment = reader.segments().getFirst();
            AtomicInteger found = new AtomicInteger();
            find(cache, segment, set(1), found);
            assertEquals(0, cache.bytes(), "once is not enough");
            DocBits kept = find(cache, segment, set(1), found);
            assertEquals(2, found.get());
            assertSame(kept, find(cache, segment, set(1), found));
            assertEquals(2, found.get());
            assertEquals(SET_BYTES, cache.bytes());
        }
    }

    @Test
    void smallSegmentsAreNotWorthIt(@TempDir Path directory) throws IOException {
        try (IndexReader reader = index(directory.resolve("index"), FilterCache.LEAST_DOCUMENTS - 1)) {
            FilterCache cache = new FilterCache(10 * SET_BYTES);
            AtomicInteger found = new AtomicInteger();
            for (int i = 0; i < 4; i++) {
                find(cache, reader.segments().getFirst(), set(1), found);
            }
            assertEquals(4, found.get());
        }
    }

    @Test
    void whatWasNotAskedForTheLongestGoes(@TempDir Path directory) throws IOException {
        try (IndexReader reader = index(directory.resolve("index"), FilterCache.LEAST_DOCUMENTS)) {
            FilterCache cache = new FilterCache(10 * SET_BYTES);
            SegmentReader segment = reader.segments().getFirst();
            AtomicInteger found = new AtomicInteger();
            for (int number = 0; number < 40; number++) {
                find(cache, segment, set(number), found);
                find(cache, segment, set(number), found);
                find(cache, segment, set(0), found);
                assertTrue(cache.bytes() <= 10 * SET_BYTES, cache.bytes() + " bytes after " + number);
            }
            assertEquals(80, found.get(), "what is asked for all the time stays");
            find(cache, segment, set(39), found);
            assertEquals(80, found.get());
            find(cache, segment, set(3), found);
            assertEquals(81, found.get());
        }
    }
}
