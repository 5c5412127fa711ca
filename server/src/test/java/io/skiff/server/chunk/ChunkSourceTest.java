package io.skiff.server.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skiff.encoder.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a chunk, and its id. */
class ChunkSourceTest {
    @Test
    void onlyThePartOfTheTextIsStored() {
        String source =
                "{\"title\":\"On boats\",\"text\":\"A skiff \uD83D\uDC20 is small.\",\"n\":1.50,\"o\":{\"text\":[1]}}";
        String encoded = "On boats A skiff \uD83D\uDC20 is small.";
        assertEquals(
                "{\"title\":\"On boats\",\"text\":\"skiff \uD83D\uDC20\",\"n\":1.50,\"o\":{\"text\":[1]},"
                        + "\"_chunk\":{\"number\":3,\"start\":2,\"end\":10}}",
                stored(source, encoded, new Chunk(11, 19), 3));
        assertEquals(
                "{\"title\":\"On boats\",\"text\":\"A\",\"n\":1.50,\"o\":{\"text\":[1]},"
                        + "\"_chunk\":{\"number\":0,\"start\":0,\"end\":1}}",
                stored(source, encoded, new Chunk(0, 10), 0),
                "a chunk that begins in the title");
    }

    @Test
    void whatHasNoTextIsStoredAsItIs() {
        assertEquals(
                "{\"title\":\"On boats\",\"_chunk\":{\"number\":1,\"start\":3,\"end\":8}}",
                stored("{\"title\":\"On boats\"}", "On boats", new Chunk(3, 8), 1));
        assertEquals(
                "{\"text\":7,\"_chunk\":{\"number\":0,\"start\":0,\"end\":2}}",
                stored("{\"text\":7}", "xy", new Chunk(0, 2), 0));
    }

    @Test
    void thePlaceIsReadBack() {
        byte[] stored = ChunkSource.of(
                "{\"a\":{\"_chunk\":1},\"text\":\"reef\"}".getBytes(StandardCharsets.UTF_8),
                "reef",
                new Chunk(1, 3),
                2);
        assertEquals(Optional.of(new ChunkSource.Place(2, 1, 3)), ChunkSource.place(stored));
        for (String other : new String[] {"", "[]", "{}", "{\"text\":\"x\"}", "no JSON"}) {
            assertEquals(Optional.empty(), ChunkSource.place(other.getBytes(StandardCharsets.UTF_8)), other);
        }
    }

    @Test
    void aMemberOfThatNameIsRefused() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> stored("{\"_chunk\":1,\"text\":\"x\"}", "x", new Chunk(0, 1), 0));
        assertEquals("has a member \"_chunk\", which an index of chunks needs for itself", error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a#1", "#", "a#-1", "", "\uD83D\uDC20#x"})
    void idsOfAnyKindGoThereAndBack(String id) {
        ChunkId chunk = new ChunkId(id, 12);
        assertEquals(id + "#12", chunk.toString());
        assertEquals(chunk, ChunkId.parse(chunk.toString()));
    }

    @Test
    void whatIsNoChunkIsRefused() {
        for (String id : new String[] {"a", "a#", "a#x", "a#-1", ""}) {
            IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> ChunkId.parse(id), id);
            assertEquals("'" + id + "' is no chunk's id, which ends in # and a number", error.getMessage());
        }
    }

    private static String stored(String source, String encoded, Chunk chunk, int number) {
        byte[] bytes = ChunkSource.of(source.getBytes(StandardCharsets.UTF_8), encoded, chunk, number);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
