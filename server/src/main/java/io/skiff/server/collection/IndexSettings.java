package io.skiff.server.collection;

import io.skiff.index.store.SyncPolicy;
import java.time.Duration;

/**
 * The settings of a live index.
 *
 * @param shards as it was asked for; every index is one shard all the same
 * @param replicas as it was asked for; there are none
 * @param refreshInterval how long what is written may stay invisible to searches; zero or negative for until it is asked
 *     for
 * @param durable whether a write is on the disk before it is acknowledged
 * @param syncInterval how long after the acknowledgement it may take otherwise
 */
public record IndexSettings(
        int shards, int replicas, Duration refreshInterval, boolean durable, Duration syncInterval) {
    /** Elasticsearch's defaults, but for the replica. */
    public static final IndexSettings DEFAULT =
            new IndexSettings(1, 0, Duration.ofSeconds(1), true, SyncPolicy.Async.DEFAULT_INTERVAL);

    /** When a write reaches the disk. */
    SyncPolicy sync() {
        return durable ? SyncPolicy.REQUEST : new SyncPolicy.Async(syncInterval);
    }
}
