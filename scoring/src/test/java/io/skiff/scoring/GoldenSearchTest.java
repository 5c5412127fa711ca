package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.IndexReader;
import io.skiff.index.SparseVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden index of the index module, whose documents {@code GoldenIndexTest} makes up, is searched. */
final class GoldenSearchTest {
    private static final Path GOLDEN = Path.of("..", "index", "src", "test", "resources", "golden", "version-1");

    @ParameterizedTest
    @EnumSource(SearchStrategy.class)
    void everyStrategyFindsWhatIsThere(SearchStrategy strategy) throws IOException {
        try (IndexReader reader = IndexReader.open(GOLDEN)) {
            Searcher searcher = new Searcher(reader, strategy);
            assertEquals(
                    List.of(new Hit(1, 0, 176), new Hit(0, 240, 151), new Hit(0, 200, 126)),
                    searcher.search(query("every40", 1), 3).hits());
            assertEquals(
                    List.of(new Hit(0, 180, 482), new Hit(0, 90, 242), new Hit(0, 270, 212), new Hit(0, 0, 2)),
                    searcher.search(query("every90", 2), 10).hits());
            assertEquals(
                    List.of(new Hit(0, 16, 200)),
                    searcher.search(query("only8", 1), 10).hits(),
                    "document 17 is deleted");
        }
    }

    private static SparseQuery query(String token, int weight) {
        return SparseQuery.of("body", SparseVector.of(Map.of(token, weight)));
    }
}
