package io.skiff.server.rest.highlight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses the passages of some texts that tell best why the document was found: those in which the tokens did most,
 * counting half what a passage chosen before shows already.
 */
final class Passages {
    /** Candidates that are looked at for each passage wanted, and at least: bounds the time, not what is best. */
    private static final int CANDIDATES_PER_PASSAGE = 4;

    private static final int MIN_CANDIDATES = 256;

    private static final Comparator<Passage> IN_ORDER =
            Comparator.comparingInt(Passage::value).thenComparingInt(Passage::start);
    private static final Comparator<Passage> BEST_FIRST =
            Comparator.comparingDouble(Passage::score).reversed().thenComparing(IN_ORDER);

    private Passages() {}

    /**
     * The passages to show.
     *
     * @param texts the values of a field
     * @param words of each text, in its order
     */
    static List<Passage> of(List<String> texts, List<List<Word>> words, Highlight.Options options) {
        List<Passage> candidates = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (words.get(i).isEmpty()) {
                continue;
            }
            if (options.fragmentCount() == 0) {
                candidates.add(passage(i, texts.get(i), 0, texts.get(i).length(), words.get(i)));
            } else {
                addCandidates(i, texts.get(i), words.get(i), options.fragmentSize(), candidates);
            }
        }
        List<Passage> chosen = options.fragmentCount() == 0 ? candidates : chosen(candidates, options.fragmentCount());
        chosen.sort(options.byScore() ? BEST_FIRST : IN_ORDER);
        return chosen;
    }

    /** One for each piece with a word in it, and as many of the next pieces as fit. */
    private static void addCandidates(int value, String text, List<Word> words, int size, List<Passage> candidates) {
        int[] starts = Pieces.of(text, words, size);
        int nextWord = 0;
        for (int piece = 0; piece + 1 < starts.length; piece++) {
            while (nextWord < words.size() && words.get(nextWord).start() < starts[piece]) {
                nextWord++;
            }
            if (nextWord == words.size()) {
                return;
            }
            if (words.get(nextWord).start() >= starts[piece + 1]) {
                continue;
            }
            int last = piece + 1;
            while (last + 1 < starts.length && starts[last + 1] - starts[piece] <= size) {
                last++;
            }
            int to = starts[last];
            int lastWord = nextWord;
            while (lastWord < words.size() && words.get(lastWord).start() < to) {
                lastWord++;
            }
            candidates.add(passage(value, text, starts[piece], to, words.subList(nextWord, lastWord)));
        }
    }

    /** Without the white space around it. */
    private static Passage passage(int value, String text, int from, int to, List<Word> words) {
        int start = from;
        int end = Math.max(to, words.getLast().end());
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return new Passage(value, start, end, score(words, Set.of()), words);
    }

    private static List<Passage> chosen(List<Passage> candidates, int count) {
        candidates.sort(BEST_FIRST);
        int looked = Math.max(MIN_CANDIDATES, count * CANDIDATES_PER_PASSAGE);
        List<Passage> open = new ArrayList<>(candidates.subList(0, Math.min(looked, candidates.size())));
        List<Passage> chosen = new ArrayList<>();
        Set<List<String>> shown = new HashSet<>();
        while (chosen.size() < count && !open.isEmpty()) {
            Passage best = open.getFirst();
            double bestScore = score(best.words(), shown);
            for (Passage passage : open) {
                double score = score(passage.words(), shown);
                if (score > bestScore) {
                    best = passage;
                    bestScore = score;
                }
            }
            Passage taken = best;
            chosen.add(taken);
            open.removeIf(taken::overlaps);
            taken.words().forEach(word -> word.tokens().forEach(token -> shown.add(key(token))));
        }
        return chosen;
    }

    /** What the different tokens of some words did, half of it for those that are shown. */
    private static double score(List<Word> words, Set<List<String>> shown) {
        Set<List<String>> seen = new HashSet<>();
        double score = 0;
        for (Word word : words) {
            for (Word.Token token : word.tokens()) {
                List<String> key = key(token);
                if (seen.add(key)) {
                    score += shown.contains(key) ? token.score() / 2 : token.score();
                }
            }
        }
        return score;
    }

    private static List<String> key(Word.Token token) {
        return List.of(token.field(), token.token());
    }
}
