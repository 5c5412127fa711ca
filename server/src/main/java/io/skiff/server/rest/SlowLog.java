package io.skiff.server.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the requests that took long, with the beginning of their body, under the name {@code io.skiff.slow}. */
public final class SlowLog implements RequestObserver {
    private static final Logger LOG = LoggerFactory.getLogger("io.skiff.slow");
    private static final int BODY_BYTES = 1_000;

    private final long thresholdNanos;

    /** Of those that take so long or longer. */
    public SlowLog(Duration threshold) {
        this.thresholdNanos = threshold.toNanos();
    }

    @Override
    public void answered(String route, Request request, int status, long nanos) {
        if (nanos < thresholdNanos) {
            return;
        }
        byte[] body = request.body();
        LOG.atWarn()
                .addKeyValue("took_ms", nanos / 1_000_000)
                .addKeyValue("status", status)
                .addKeyValue("method", request.method())
                .addKeyValue("uri", request.uri())
                .addKeyValue("body_bytes", body.length)
                .addKeyValue(
                        "body",
                        new String(Arrays.copyOf(body, Math.min(body.length, BODY_BYTES)), StandardCharsets.UTF_8)
                                .replaceAll("\\p{Cntrl}+", " ")) // a body writes no lines of its own into a log
                .log("slow request");
    }
}
