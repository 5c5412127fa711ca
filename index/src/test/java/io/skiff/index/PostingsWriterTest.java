package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostingsWriterTest {
    private static final int TERM_COUNT = 40;

    @TempDir
    Path folder;

    @Test
    void theBufferGivesBackWhatItGotAcrossChunks() {
        RandomGenerator random = Seed.random();
        PostingsBuffer buffer = new PostingsBuffer();
        List<Integer> expected = new ArrayList<>();
        for (int document = 0; document < 70_000; document++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                int term = random.nextInt();
                buffer.add(term, document);
                expected.add(term);
            }
            buffer.endDocument();
        }
        List<Integer> actual = new ArrayList<>();
        buffer.forEach((document, term, weight) -> {
            assertEquals(document, (int) weight, Seed.message());
            actual.add(term);
        });
        assertEquals(expected, actual, Seed.message());
        assertEquals(70_000, buffer.documentCount());
        assertEquals(expected.size(), buffer.postingCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5000})
    void theSizeOfAWaveDoesNotShow(int wavePostings) throws IOException {
        assertArrayEquals(write("all at once", 1 << 20), write("waves", wavePostings), Seed.message());
    }

    private byte[] write(String name, int wavePostings) throws IOException {
        RandomGenerator random = Seed.random();
        FieldBuild field = new FieldBuild("body", FieldOptions.DEFAULT);
        for (int term = 0; term < TERM_COUNT; term++) {
            field.terms().put("t" + random.nextLong(), term);
        }
        PostingsBuffer postings = new PostingsBuffer();
        for (int document = 0; document < 1000; document++) {
            for (int term = 0; term < TERM_COUNT; term += 1 + random.nextInt(10)) {
                float weight = random.nextFloat(0.1f, 5);
                field.addWeight(weight);
                postings.add(term, weight);
            }
            postings.endDocument();
        }
        Path directory = Files.createDirectory(folder.resolve(name));
        try (FrameWriter out = new FrameWriter(directory, FileKind.POSTINGS)) {
            new PostingsWriter(postings, new SortedTerms(List.of(field), TERM_COUNT), wavePostings).write(out);
            out.finish();
            out.seal(1);
        }
        return Files.readAllBytes(directory.resolve(FileKind.POSTINGS.fileName(1)));
    }
}
