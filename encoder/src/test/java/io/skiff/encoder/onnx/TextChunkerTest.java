package io.skiff.encoder.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.Chunk;
import io.skiff.encoder.Chunking;
import io.skiff.encoder.Chunking.Unit;
import io.skiff.encoder.EncodingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where long texts are cut. */
class TextChunkerTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_260_111);
    private static final List<String> VOCABULARY = List.of(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "one", "two", "three", "four", "five", "six", "reef", "##s",
            ".", "!");

    @TempDir
    Path folder;

    private TextTokenizer tokenizer;

    @BeforeEach
    void open() throws IOException {
        Path file = Files.write(folder.resolve("vocab.txt"), VOCABULARY);
        tokenizer = new TextTokenizer(Vocabulary.read(file), 8);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void whatFitsIsOneChunkWithItsBlanks() {
        assertEquals(List.of("  one two "), texts(" " + " one two ", new Chunking(Unit.TOKENS, 2, 0)));
        assertEquals(List.of(""), texts("", new Chunking(Unit.TOKENS, 2, 0)));
        assertEquals(List.of(" \n"), texts(" \n", new Chunking(Unit.SENTENCES, 2, 1)));
    }

    @Test
    void chunksEndBetweenWords() {
        // Two tokens a word: a chunk of three holds one.
        assertEquals(
                List.of("reefs", "reefs", "reefs one"),
                texts("reefs reefs, reefs one".replace(",", ""), new Chunking(Unit.TOKENS, 3, 0)));
    }

    @Test
    void overlapRepeatsTheEndOfTheChunkBefore() {
        assertEquals(
                List.of("one two three", "three four five", "five six"),
                texts("one two three four five six", new Chunking(Unit.TOKENS, 3, 1)));
    }

    @Test
    void sentencesStayTogether() {
        String text = "One two. Three! Four five six. Reef.";
        assertEquals(
                List.of("One two. Three!", "Four five six.", "Reef."), texts(text, new Chunking(Unit.SENTENCES, 5, 0)));
        assertEquals(
                List.of("One two. Three!", "Three! Four five six.", "Reef."),
                texts(text, new Chunking(Unit.SENTENCES, 6, 2)),
                "'Four five six.' is more than an overlap may have");
    }

    @Test
    void aSentenceThatIsTooLongIsCutBetweenWordsAndAWordBetweenTokens() {
        assertEquals(
                List.of("One two", "reefs", "three four", "."),
                texts("One two reefs three four.", new Chunking(Unit.SENTENCES, 2, 0)));
        assertEquals(List.of("reef", "s", "reef", "s"), texts("reefs reefs", new Chunking(Unit.TOKENS, 1, 0)));
    }

    @Test
    void offsetsCountCharsAndNotCharacters() {
        String text = "\uD83D\uDC20 one \uD83D\uDC20\uD83D\uDC20 two \uD800 three";
        assertEquals(
                List.of("\uD83D\uDC20 one", "\uD83D\uDC20\uD83D\uDC20 two", "\uD800 three"),
                texts(text, new Chunking(Unit.TOKENS, 2, 0)));
    }

    /** Longer than what is tokenized at a time; every token is in a chunk, and no chunk has too many. */
    @Test
    void longTextsAreCoveredWhole() {
        Random random = new Random(SEED);
        for (Unit unit : Unit.values()) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 200_000) {
                text.append(VOCABULARY
                                .get(5 + random.nextInt(VOCABULARY.size() - 5))
                                .replace("##", "reef"))
                        .append(random.nextInt(8) == 0 ? ".\n" : " ");
            }
            Chunking chunking = new Chunking(unit, 64, 16);
            int covered = 0;
            List<Chunk> chunks = TextChunker.chunks(tokenizer, chunking, text.toString());
            for (Chunk chunk : chunks) {
                assertTrue(
                        text.substring(Math.min(covered, chunk.start()), chunk.start())
                                        .isBlank()
                                || chunk.start() <= covered,
                        chunk + " leaves a gap behind " + covered + ", seed " + SEED);
                assertTrue(chunk.end() > covered, chunk + " adds nothing, seed " + SEED);
                int tokens = tokenizer
                        .tokensInPlace(text.substring(chunk.start(), chunk.end()))
                        .getIds()
                        .length;
                assertTrue(tokens <= 64, tokens + " tokens, seed " + SEED);
                covered = chunk.end();
            }
            assertTrue(text.substring(covered).isBlank());
            assertTrue(chunks.size() > 700, chunks.size() + " chunks");
        }
    }

    @Test
    void tooManyChunksAreRefused() {
        EncodingException error = assertThrows(
                EncodingException.class,
                () -> TextChunker.chunks(tokenizer, new Chunking(Unit.TOKENS, 1, 0), "one ".repeat(10_001)));
        assertEquals("a text of 40004 chars makes more than 10000 chunks, the limit", error.problem());
        assertEquals(
                10_000,
                TextChunker.chunks(tokenizer, new Chunking(Unit.TOKENS, 1, 0), "one ".repeat(10_000))
                        .size());
    }

    @Test
    void sizesThatMakeNoProgressAreRefused() {
        assertEquals(
                "a chunk must have at least 1 token, got 0",
                assertThrows(IllegalArgumentException.class, () -> new Chunking(Unit.TOKENS, 0, 0))
                        .getMessage());
        assertEquals(
                "the overlap of chunks must be from 0 to 3, one less than a chunk's tokens, got 4",
                assertThrows(IllegalArgumentException.class, () -> new Chunking(Unit.TOKENS, 4, 4))
                        .getMessage());
    }

    private List<String> texts(String text, Chunking chunking) {
        return TextChunker.chunks(tokenizer, chunking, text).stream()
                .map(chunk -> text.substring(chunk.start(), chunk.end()))
                .toList();
    }
}
