package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.SegmentSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergePolicyTest {
    private static final long SEED = Long.getLong("skiff.seed", 20_251L);

    private static SegmentSize of(int documents) {
        return new SegmentSize(documents, documents, documents);
    }

    /** Few segments, and few copies of a document, however many are added and in whatever portions. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 10})
    void segmentsStayFewAndDocumentsAreSeldomCopied(int factor) {
        MergePolicy policy = new MergePolicy(factor);
        SplittableRandom random = new SplittableRandom(SEED + factor);
        List<SegmentSize> segments = new ArrayList<>();
        long documents = 0;
        long copied = 0;
        int most = 0;
        for (int i = 0; i < 3_000; i++) {
            int size = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : 500 + random.nextInt(3_000);
            documents += size;
            segments.add(of(size));
            Optional<MergePolicy.Run> run = policy.select(segments);
            while (run.isPresent()) {
                List<SegmentSize> merged = segments.subList(
                        run.get().first(), run.get().first() + run.get().count());
                int sum = merged.stream().mapToInt(SegmentSize::liveCount).sum();
                copied += sum;
                merged.clear();
                segments.add(run.get().first(), of(sum));
                run = policy.select(segments);
            }
            most = Math.max(most, segments.size());
        }
        double levels = 2 + Math.log(documents / 1_000.0) / Math.log(factor);
        String message = most + " segments, " + copied + " copies of " + documents + " with -Dskiff.seed=" + SEED;
        assertTrue(most <= factor * levels, message);
        assertTrue(copied <= documents * (levels + 2), message);
    }

    @Test
    void aSegmentOfManyDeletionsIsWrittenAgain() {
        MergePolicy policy = new MergePolicy(8);
        assertEquals(
                Optional.of(new MergePolicy.Run(1, 1)),
                policy.select(List.of(of(10), new SegmentSize(100, 59, 100), of(10))));
        assertEquals(Optional.empty(), policy.select(List.of(of(10), new SegmentSize(100, 60, 100), of(10))));
        assertEquals(Optional.empty(), policy.select(List.of()));
    }

    @Test
    void aForcedMergeTakesTheSmallestNeighbors() {
        assertEquals(Optional.of(new MergePolicy.Run(1, 2)), MergePolicy.selectForced(List.of(of(9), of(1), of(2)), 2));
        assertEquals(Optional.of(new MergePolicy.Run(0, 3)), MergePolicy.selectForced(List.of(of(9), of(1), of(2)), 1));
        assertEquals(Optional.empty(), MergePolicy.selectForced(List.of(of(9)), 1));
    }
}
