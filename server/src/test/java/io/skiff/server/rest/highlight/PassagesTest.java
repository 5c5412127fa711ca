package io.skiff.server.rest.highlight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Passages of random texts, against what can be seen without choosing any. */
class PassagesTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_261_125);
    private static final String[] WORDS = {"reef", "boat", "sail", "the", "of", "fisherman", "\ud83d\udc20", "é"};
    private static final String[] GAPS = {" ", " ", " ", ", ", ". ", "! ", "\n", ".\n\n", "  "};

    private final Random random = new Random(SEED);

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(GAPS[random.nextInt(GAPS.length)]);
        }
        return random.nextInt(4) == 0 ? text.toString().replace(" ", "") : text.toString();
    }

    /** Every occurrence of some words, overlapping ones made one. */
    private static List<Word> words(String text, Map<String, Double> scores) {
        List<Word> words = new ArrayList<>();
        scores.forEach((word, score) -> {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                words.add(new Word(at, at + word.length(), List.of(new Word.Token("f", word, score, false))));
            }
        });
        return Word.merged(words);
    }

    @Test
    void passagesAreOfTheTextAndHoldTheBestOfIt() {
        for (int round = 0; round < 3_000; round++) {
            String what = "round " + round + ", seed " + SEED;
            List<String> texts = new ArrayList<>();
            List<List<Word>> words = new ArrayList<>();
            Map<String, Double> scores = new HashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                scores.put(WORDS[random.nextInt(WORDS.length)], random.nextInt(5) + .5);
            }
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                texts.add(text());
                words.add(words(texts.getLast(), scores));
            }
            int size = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(80);
            int count = random.nextInt(5);
            Highlight.Options options = options(size, count, random.nextBoolean());
            List<Passage> passages = Passages.of(texts, words, options);
            assertSound(passages, texts, words, options, what);
            assertBest(passages, texts, words, options, what);
        }
    }

    private static Highlight.Options options(int size, int count, boolean byScore) {
        return new Highlight.Options(
                List.of("<"), List.of(">"), size, count, 0, true, List.of(), byScore, false, 1_000_000);
    }

    private static void assertSound(
            List<Passage> passages,
            List<String> texts,
            List<List<Word>> words,
            Highlight.Options options,
            String what) {
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            String text = texts.get(passage.value());
            List<Word> inside = words.get(passage.value()).stream()
                    .filter(word -> word.start() >= passage.start() && word.end() <= passage.end())
                    .toList();
            assertEquals(inside, passage.words(), what);
            assertFalse(inside.isEmpty(), what);
            String shown = text.substring(passage.start(), passage.end());
            assertEquals(shown.strip(), shown, what);
            assertFalse(Character.isLowSurrogate(shown.charAt(0)), what);
            String tagged = new Tagger(options, Tagger.largest(words)).tagged(passage, text);
            assertEquals(shown, tagged.replace("<", "").replace(">", ""), what);
            assertEquals(inside.size(), tagged.chars().filter(c -> c == '<').count(), what);
            for (int j = 0; j < i; j++) {
                assertFalse(passage.overlaps(passages.get(j)), what);
                boolean inOrder = passages.get(j).value() < passage.value()
                        || (passages.get(j).value() == passage.value()
                                && passages.get(j).start() < passage.start());
                assertTrue(options.byScore() ? passages.get(j).score() >= passage.score() : inOrder, what);
            }
        }
        long withWords = words.stream().filter(each -> !each.isEmpty()).count();
        if (options.fragmentCount() == 0) {
            assertEquals(withWords, passages.size(), what);
        } else {
            assertTrue(passages.size() <= options.fragmentCount(), what);
            assertTrue(passages.isEmpty() == (withWords == 0), what);
        }
    }

    /** No stretch of the text that begins at a piece and fits has more than the best passage. */
    private static void assertBest(
            List<Passage> passages,
            List<String> texts,
            List<List<Word>> words,
            Highlight.Options options,
            String what) {
        double best = passages.stream().mapToDouble(Passage::score).max().orElse(0);
        for (int i = 0; i < texts.size() && options.fragmentCount() > 0; i++) {
            int[] starts = Pieces.of(texts.get(i), words.get(i), options.fragmentSize());
            for (int from = 0; from + 1 < starts.length; from++) {
                for (int to = from + 1; to < starts.length; to++) {
                    if (to > from + 1 && starts[to] - starts[from] > options.fragmentSize()) {
                        break;
                    }
                    Map<String, Double> seen = new HashMap<>();
                    for (Word word : words.get(i)) {
                        if (word.start() >= starts[from] && word.start() < starts[to]) {
                            word.tokens().forEach(token -> seen.put(token.token(), token.score()));
                        }
                    }
                    double score = seen.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum();
                    assertTrue(score <= best + 1e-9, what);
                }
            }
        }
    }

    @Test
    void piecesCoverTheTextAndCutNoWord() {
        for (int round = 0; round < 2_000; round++) {
            String what = "round " + round + ", seed " + SEED;
            String text = text();
            List<Word> words = words(text, Map.of("reef", 1., "fisherman", 1.));
            int size = random.nextInt(30);
            int[] starts = Pieces.of(text, words, size);
            assertEquals(text.length(), starts[starts.length - 1], what);
            assertEquals(0, starts[0], what);
            for (int i = 1; i < starts.length; i++) {
                int start = starts[i];
                assertTrue(start > starts[i - 1] || text.isEmpty(), what);
                assertTrue(words.stream().noneMatch(word -> word.start() < start && start < word.end()), what);
            }
        }
    }
}
