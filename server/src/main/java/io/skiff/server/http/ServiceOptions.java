package io.skiff.server.http;

import io.skiff.server.rest.Access;
import io.skiff.server.rest.WriteOptions;
import io.skiff.server.rest.query.QueryLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * Whom a server answers, and what.
 *
 * @param access who is let in
 * @param limits on what a request may ask for
 * @param writes what may be written
 * @param slowThreshold log requests that take so long or longer; none if empty
 */
public record ServiceOptions(Access access, QueryLimits limits, WriteOptions writes, Optional<Duration> slowThreshold) {
    /** Everybody is let in, and nothing is logged. */
    public static final ServiceOptions DEFAULT =
            new ServiceOptions(Access.OPEN, QueryLimits.DEFAULT, WriteOptions.DEFAULT, Optional.empty());
}
