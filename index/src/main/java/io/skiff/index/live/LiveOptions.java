package io.skiff.index.live;

import io.skiff.index.BuildOptions;
import io.skiff.index.store.SyncPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * How a live index works.
 *
 * @param sync when a write reaches the disk
 * @param refreshInterval how long at most a write is not yet found; zero or negative: until a refresh is asked for, or the
 *     buffer is full
 * @param commitInterval how often at most segments are made durable; what is younger is indexed again after a crash
 * @param bufferBytes about how much memory, outside of the heap, the documents may take that wait for a refresh; writers
 *     wait at twice as much
 * @param mergeFactor how many segments of about a size are merged into one, 2 or more
 * @param build how segments are built
 */
public record LiveOptions(
        SyncPolicy sync,
        Duration refreshInterval,
        Duration commitInterval,
        long bufferBytes,
        int mergeFactor,
        BuildOptions build) {
    /** Durable before the acknowledgement, found after a second, 64 MiB of buffer. */
    public static final LiveOptions DEFAULT = new LiveOptions(
            SyncPolicy.REQUEST, Duration.ofSeconds(1), Duration.ofSeconds(10), 64 << 20, 8, BuildOptions.DEFAULT);

    /** Refuses what cannot be. */
    public LiveOptions {
        Objects.requireNonNull(sync, "sync");
        Objects.requireNonNull(build, "build");
        if (bufferBytes < 1 || mergeFactor < 2 || commitInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "a live index needs 1 byte of buffer or more, a merge factor of 2 or more"
                            + " and a commit interval of 1 ms or more, got " + bufferBytes + " bytes, " + mergeFactor
                            + " and "
                            + commitInterval);
        }
    }

    /** The same with another policy. */
    public LiveOptions withSync(SyncPolicy policy) {
        return new LiveOptions(policy, refreshInterval, commitInterval, bufferBytes, mergeFactor, build);
    }

    /** The same with another interval between refreshes. */
    public LiveOptions withRefreshInterval(Duration interval) {
        return new LiveOptions(sync, interval, commitInterval, bufferBytes, mergeFactor, build);
    }

    /** The same with another interval between commits. */
    public LiveOptions withCommitInterval(Duration interval) {
        return new LiveOptions(sync, refreshInterval, interval, bufferBytes, mergeFactor, build);
    }

    /** The same with another buffer. */
    public LiveOptions withBufferBytes(long bytes) {
        return new LiveOptions(sync, refreshInterval, commitInterval, bytes, mergeFactor, build);
    }

    /** The same with another merge factor. */
    public LiveOptions withMergeFactor(int factor) {
        return new LiveOptions(sync, refreshInterval, commitInterval, bufferBytes, factor, build);
    }

    /** The same with other options of the segments. */
    public LiveOptions withBuild(BuildOptions options) {
        return new LiveOptions(sync, refreshInterval, commitInterval, bufferBytes, mergeFactor, options);
    }
}
