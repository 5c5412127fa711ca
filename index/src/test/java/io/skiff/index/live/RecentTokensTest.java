package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tokens come out as they went in, whatever was read before. */
class RecentTokensTest {
    private static final long SEED = Long.getLong("skiff.seed", 1_129);
    private static final int RESERVED = 3;

    @Test
    void everyTokenIsWhatItsBytesSay() {
        RecentTokens tokens = new RecentTokens();
        Random random = new Random(SEED);
        // "Aa" and "BB" have one hash, and so have the longer tokens made of them; more tokens than there is room for.
        List<String> pieces = List.of("Aa", "BB", "é", "boat", "##s", "\u0000", "🚤", "x".repeat(31));
        for (int round = 0; round < 300_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.append(
                        random.nextInt(3) == 0
                                ? Integer.toString(random.nextInt(100_000))
                                : pieces.get(random.nextInt(pieces.size())));
            }
            String token = text.toString();
            assertEquals(token, read(tokens, token), () -> "-Dskiff.seed=" + SEED);
        }
    }

    @Test
    void anAsciiTokenIsMadeOnce() {
        RecentTokens tokens = new RecentTokens();
        assertSame(read(tokens, "boat"), read(tokens, "boat"));
        assertSame(read(tokens, ""), read(tokens, ""));
        String longToken = "b".repeat(33);
        assertNotSame(read(tokens, longToken), read(tokens, longToken));
    }

    /** Of bytes with others before and behind. */
    private static String read(RecentTokens tokens, String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        ByteBuffer in = ByteBuffer.allocate(RESERVED + bytes.length + RESERVED)
                .position(RESERVED)
                .put(bytes)
                .position(RESERVED);
        String read = tokens.read(in, bytes.length);
        assertEquals(RESERVED + bytes.length, in.position());
        return read;
    }
}
