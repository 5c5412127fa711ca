package io.skiff.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InOrderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void handsOnInTheOrderOfSubmission(int threadCount) throws IOException {
        List<Integer> results = new ArrayList<>();
        try (InOrder<Integer> work = new InOrder<>(threadCount, results::add)) {
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                work.submit(() -> number);
            }
            work.finish();
        }
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), results);
    }

    @Test
    void aLaterPieceThatEndsFirstWaits() throws IOException {
        CountDownLatch secondDone = new CountDownLatch(1);
        List<String> results = new ArrayList<>();
        try (InOrder<String> work = new InOrder<>(2, results::add)) {
            work.submit(() -> {
                secondDone.await();
                return "first";
            });
            work.submit(() -> {
                secondDone.countDown();
                return "second";
            });
            work.finish();
        }
        assertEquals(List.of("first", "second"), results);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFailureComesOutWhereItsResultWould(int threadCount) {
        List<String> results = new ArrayList<>();
        IOException e = assertThrows(IOException.class, () -> {
            try (InOrder<String> work = new InOrder<>(threadCount, results::add)) {
                work.submit(() -> "sound");
                work.submit(() -> {
                    throw new IOException("broken");
                });
                work.finish();
            }
        });
        assertEquals("broken", e.getMessage());
        assertEquals(List.of("sound"), results);
    }
}
