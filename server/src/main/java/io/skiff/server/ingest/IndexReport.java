package io.skiff.server.ingest;

import io.skiff.index.IndexSummary;
import java.time.Duration;
import java.util.List;

/**
 * What a job has done.
 *
 * @param summary what was written; it counts each chunk as a document
 * @param documentCount documents that were indexed, whole or in chunks
 * @param tokenCount tokens that were encoded; 0 from an encoder that does not count them
 * @param elapsed how long reading, encoding and writing took
 * @param skippedCount bad input that was passed over
 * @param skipped the first few messages about it
 */
public record IndexReport(
        IndexSummary summary,
        long documentCount,
        long tokenCount,
        Duration elapsed,
        long skippedCount,
        List<String> skipped) {
    /** Copies the list. */
    public IndexReport {
        skipped = List.copyOf(skipped);
    }

    /** Bytes of what a search reads per posting; 0 without postings. */
    public double bytesPerPosting() {
        return summary.postingCount() == 0 ? 0 : (double) summary.postingsBytes() / summary.postingCount();
    }

    /** Documents indexed per second. */
    public double documentsPerSecond() {
        return perSecond(documentCount);
    }

    /** Tokens encoded per second. */
    public double tokensPerSecond() {
        return perSecond(tokenCount);
    }

    private double perSecond(long count) {
        return count / Math.max(1e-9, elapsed.toNanos() / 1e9);
    }
}
