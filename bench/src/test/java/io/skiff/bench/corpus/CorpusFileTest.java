package io.skiff.bench.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusFileTest {
    private static final long SEED = Long.getLong("skiff.seed", 11);

    @Test
    void readsWhatWasWritten(@TempDir Path folder) throws IOException {
        VectorPool pool = VectorPool.synthetic(50, SEED);
        CorpusOptions options = new CorpusOptions(400, 50, SEED, Variant.DEFAULT);
        Path file = folder.resolve("corpus.bin");
        assertFalse(CorpusFile.isOf(file, "mine"));
        int[] progress = new int[1];
        CorpusFile.write(file, "mine", pool, options, done -> progress[0] = done);
        assertEquals(400, progress[0]);
        assertTrue(CorpusFile.isOf(file, "mine"));
        assertFalse(CorpusFile.isOf(file, "another"));

        DocumentSupplier expected = CorpusGenerator.of(pool, options);
        try (CorpusFile.Reader reader = new CorpusFile.Reader(file)) {
            assertEquals(pool.queries(), reader.queries(), "seed " + SEED);
            assertArrayEquals(CorpusGenerator.vocabulary(pool), reader.vocabulary());
            assertEquals(400, reader.documentCount());
            for (int i = 0; i < 400; i++) {
                assertEquals(expected.next(), reader.next(), "document " + i + ", seed " + SEED);
            }
            assertNull(reader.next());
        }
    }
}
