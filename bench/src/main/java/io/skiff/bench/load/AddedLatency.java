package io.skiff.bench.load;

import io.skiff.index.SparseVector;
import io.skiff.scoring.Hit;
import io.skiff.scoring.SearchOptions;
import io.skiff.scoring.SparseQuery;
import io.skiff.scoring.TopDocs;
import io.skiff.server.collection.Collection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server adds to a search: the same queries on the same index, in process and over one keep-alive connection, one
 * after the other, in turns.
 *
 * @param inProcess nanoseconds of a search by the engine, called directly
 * @param server nanoseconds from the first byte sent to the last byte of the answer
 * @param inServer nanoseconds that the server itself says its search took (Server-Timing)
 */
record AddedLatency(Histogram inProcess, Histogram server, Histogram inServer) {
    private static final double MILLI_NANOS = 1e6;
    private static final Pattern SEARCH_DURATION = Pattern.compile("search;dur=([0-9.]+)");

    /**
     * Measures.
     *
     * @param collection the index that the server serves, opened here
     * @param requests the same queries as HTTP requests
     * @throws IOException if the server answers anything but the hits that are found in process
     */
    static AddedLatency measure(
            Collection collection,
            Target target,
            List<SparseVector> queries,
            List<byte[]> requests,
            int k,
            int warmUpRounds,
            int rounds)
            throws IOException {
        List<SparseQuery> sparse = queries.stream()
                .map(query -> SparseQuery.of(LoadCorpus.FIELD, query))
                .toList();
        SearchOptions options = SearchOptions.top(k);
        AddedLatency measured =
                new AddedLatency(LoadResult.histogram(), LoadResult.histogram(), LoadResult.histogram());
        try (HttpConnection connection = new HttpConnection(target.address())) {
            for (int q = 0; q < requests.size(); q++) {
                requireSame(
                        q, collection, collection.search(sparse.get(q), options, false), connection, requests.get(q));
            }
            for (int round = -warmUpRounds; round < rounds; round++) {
                if (round == 0) {
                    measured.inProcess.reset();
                    measured.server.reset();
                    measured.inServer.reset();
                }
                for (SparseQuery query : sparse) {
                    long start = System.nanoTime();
                    Object found = collection.search(query, options, false);
                    LoadResult.record(measured.inProcess, System.nanoTime() - start);
                    Objects.requireNonNull(found);
                }
                for (byte[] request : requests) {
                    long start = System.nanoTime();
                    connection.exchange(request);
                    LoadResult.record(measured.server, System.nanoTime() - start);
                    LoadResult.record(measured.inServer, serverTiming(connection.header("server-timing")));
                }
            }
        }
        return measured;
    }

    /** The search's time of {@code search;dur=0.480, encode;dur=0.000}, in nanoseconds; 0 where it is not told. */
    static long serverTiming(String timing) {
        Matcher duration = SEARCH_DURATION.matcher(timing == null ? "" : timing);
        return duration.find() ? (long) (Double.parseDouble(duration.group(1)) * MILLI_NANOS) : 0;
    }

    private static void requireSame(
            int number, Collection collection, TopDocs expected, HttpConnection connection, byte[] request)
            throws IOException {
        int status = connection.exchange(request);
        if (status != 200) {
            throw new IOException("the server answers a search with " + status + ": " + connection.body());
        }
        List<String> found = new ArrayList<>();
        for (JsonNode hit :
                JsonMapper.shared().readTree(connection.body()).path("hits").path("hits")) {
            found.add(hit.path("_id").stringValue());
        }
        List<String> wanted = new ArrayList<>();
        for (Hit hit : expected.hits()) {
            wanted.add(collection.documentId(hit));
        }
        if (!found.equals(wanted)) {
            throw new IOException("query " + number + ": the server finds " + found + ", the engine " + wanted);
        }
    }

    /** What the server adds at a percentile, in microseconds. */
    double addedMicros(double percentile) {
        return micros(server, percentile) - micros(inProcess, percentile);
    }

    static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e3;
    }
}
