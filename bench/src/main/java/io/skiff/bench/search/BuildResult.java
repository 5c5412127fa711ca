package io.skiff.bench.search;

/**
 * What building an index took.
 *
 * @param system what was built
 * @param documents documents indexed
 * @param postings postings indexed
 * @param wallSeconds from the first document to the index being ready to search
 * @param cpuSeconds processor time of the whole process in that time
 * @param postingsBytes size of what a search reads, in bytes
 * @param counted which files that is
 */
record BuildResult(
        String system,
        long documents,
        long postings,
        double wallSeconds,
        double cpuSeconds,
        long postingsBytes,
        String counted) {
    double documentsPerSecond() {
        return documents / wallSeconds;
    }

    double bytesPerPosting() {
        return (double) postingsBytes / postings;
    }
}
