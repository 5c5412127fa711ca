package io.skiff.bench.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Destroys the topics: within windows of many documents every posting is dealt to a random document, so that lengths,
 * document frequencies and weights stay and nothing else does.
 */
final class TopicShuffle implements DocumentSupplier {
    /** Wide enough that a window holds over a thousand seed vectors. */
    private static final int WINDOW = 1 << 13;
    /** A document that already has the token is passed over; after so many in a row the posting is dropped. */
    private static final int ATTEMPTS = 50;

    private final DocumentSupplier documents;
    private final SplittableRandom random;
    private final List<WeightedTokens> dealt = new ArrayList<>();
    private int position;

    TopicShuffle(DocumentSupplier documents, long seed) {
        this.documents = documents;
        this.random = new SplittableRandom(~seed);
    }

    @Override
    public WeightedTokens next() throws IOException {
        if (position == dealt.size()) {
            deal();
        }
        return position == dealt.size() ? null : dealt.get(position++);
    }

    private void deal() throws IOException {
        List<WeightedTokens> window = new ArrayList<>();
        for (WeightedTokens document = null; window.size() < WINDOW && (document = documents.next()) != null; ) {
            window.add(document);
        }
        int postings = window.stream().mapToInt(WeightedTokens::size).sum();
        // One place per posting, named by its document; and the postings, equal tokens side by side.
        int[] places = new int[postings];
        long[] cards = new long[postings];
        int count = 0;
        for (int d = 0; d < window.size(); d++) {
            WeightedTokens document = window.get(d);
            for (int i = 0; i < document.size(); i++) {
                places[count] = d;
                cards[count++] = (long) document.tokens()[i] << 8 | document.weights()[i];
            }
        }
        Arrays.sort(cards);
        dealt.clear();
        position = 0;
        List<long[]> hands = hands(window, places, commonestFirst(cards));
        for (long[] hand : hands) {
            dealt.add(toDocument(hand));
        }
    }

    /** Common tokens go first: they need most documents to differ, and most are left at the start. */
    private static long[] commonestFirst(long[] cards) {
        List<int[]> runs = new ArrayList<>();
        for (int start = 0; start < cards.length; ) {
            int end = start + 1;
            while (end < cards.length && cards[end] >> 8 == cards[start] >> 8) {
                end++;
            }
            runs.add(new int[] {start, end});
            start = end;
        }
        runs.sort((a, b) -> Integer.compare(b[1] - b[0], a[1] - a[0]));
        long[] ordered = new long[cards.length];
        int count = 0;
        for (int[] run : runs) {
            System.arraycopy(cards, run[0], ordered, count, run[1] - run[0]);
            count += run[1] - run[0];
        }
        return ordered;
    }

    private List<long[]> hands(List<WeightedTokens> window, int[] places, long[] cards) {
        long[][] hands = window.stream().map(d -> new long[d.size()]).toArray(long[][]::new);
        int[] sizes = new int[window.size()];
        long[] lastToken = new long[window.size()];
        Arrays.fill(lastToken, -1);
        int free = places.length;
        for (long card : cards) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int place = random.nextInt(free);
                int document = places[place];
                if (lastToken[document] != card >> 8) {
                    lastToken[document] = card >> 8;
                    hands[document][sizes[document]++] = card;
                    places[place] = places[--free];
                    break;
                }
            }
        }
        List<long[]> result = new ArrayList<>();
        for (int d = 0; d < hands.length; d++) {
            result.add(Arrays.copyOf(hands[d], sizes[d]));
        }
        return result;
    }

    private static WeightedTokens toDocument(long[] hand) {
        Arrays.sort(hand);
        int[] tokens = new int[hand.length];
        int[] weights = new int[hand.length];
        for (int i = 0; i < hand.length; i++) {
            tokens[i] = (int) (hand[i] >> 8);
            weights[i] = (int) (hand[i] & 255);
        }
        return new WeightedTokens(tokens, weights);
    }
}
