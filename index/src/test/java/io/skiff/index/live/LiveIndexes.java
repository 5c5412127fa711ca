package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.BuildOptions;
import io.skiff.index.PostingsChoice;
import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Live indexes for tests. */
final class LiveIndexes {
    /** Nothing happens by itself. */
    static final LiveOptions MANUAL = LiveOptions.DEFAULT.withRefreshInterval(Duration.ZERO);

    private LiveIndexes() {}

    /** Small segments with every kind of file, merged all the time. */
    static LiveOptions restless(int mergeFactor) {
        BuildOptions build = BuildOptions.DEFAULT
                .withBlockMax(new BlockMaxOptions(40, 3))
                .withPostings(mergeFactor % 2 == 0 ? PostingsChoice.NEVER : PostingsChoice.ALWAYS)
                .withMemoryBytes(1 << 20);
        return MANUAL.withMergeFactor(mergeFactor).withBufferBytes(100_000).withBuild(build);
    }

    static void verifySound(Path index) throws IOException {
        assertEquals(List.of(), LiveCheck.run(index, bytes -> {}).problems(), "index " + index);
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
