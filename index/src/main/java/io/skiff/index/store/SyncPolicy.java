package io.skiff.index.store;

import java.time.Duration;

/** When what was written reaches the disk for good. */
public sealed interface SyncPolicy {
    /** Before it is acknowledged: a power failure loses nothing that was. Elasticsearch's {@code request}. */
    SyncPolicy REQUEST = new Request();

    /** Before the acknowledgement. */
    record Request() implements SyncPolicy {}

    /**
     * At most so long after the acknowledgement: a crash of the process loses nothing, a power failure up to the last
     * interval. Elasticsearch's {@code async}.
     *
     * @param interval from 1 ms to 1 hour
     */
    record Async(Duration interval) implements SyncPolicy {
        /** Elasticsearch's default interval. */
        public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

        private static final Duration LONGEST = Duration.ofHours(1);

        /** Refuses what cannot be. */
        public Async {
            if (interval.toMillis() < 1 || interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("the interval of an async sync policy must be from 1 ms to "
                        + LONGEST.toHours() + " h, got " + interval);
            }
        }
    }
}
