package io.skiff.server.http;

import io.skiff.index.SegmentReader;
import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.Json;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.Router;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches every collection a few times on the server's behalf, from the request to the bytes of the answer: the very
 * first search of a JVM loads the analyzer, the kernels and what reads and writes JSON, which took 0.7 s where the next
 * one took milliseconds, and no visitor should be the one to wait for it.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String WORDS = "the first search of this server";
    private static final int ROUNDS = 20;

    /** No round begins later than this: it keeps a thread from those who do come. */
    private static final Duration BUDGET = Duration.ofSeconds(2);

    /** Of a field of vectors, which has no words to search for: about as many as a query has. */
    private static final int TOKENS = 32;

    /** Tokens of a dictionary that are looked at for those. */
    private static final int PROBES = 4096;

    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "accept", "application/json");

    private final Router router;

    /**
     * Searches by {@code router}.
     *
     * @param router lets everybody in and is not watched: nobody has asked for these searches
     */
    WarmUp(Router router) {
        this.router = router;
    }

    void run(Collections collections) {
        try {
            long start = System.nanoTime();
            for (int round = 0; round < ROUNDS && System.nanoTime() - start < BUDGET.toNanos(); round++) {
                collections.forEach(this::search);
            }
        } catch (RuntimeException e) {
            LOG.warn("could not search ahead of the first visitor", e);
        }
    }

    private void search(Collection collection) {
        if (!collection.missingModels().isEmpty()) {
            return;
        }
        for (String field : collection.reader().fields().keySet()) {
            SparseVector query = collection.textField().filter(field::equals).isPresent()
                    ? collection.encodeQuery(field, WORDS)
                    : frequentTokens(collection, field);
            if (!query.isEmpty()) {
                Response answer = router.route(request(collection.name(), field, query))
                        .answer()
                        .get();
                LOG.debug("searched {} of {} ahead: status {}", field, collection.name(), answer.status());
            }
        }
    }

    /**
     * The most frequent tokens among some of the field's largest segment, the rarer ones with more weight: long postings
     * are what the engine's loops are for, and those loops are what is slow until it is compiled.
     */
    private static SparseVector frequentTokens(Collection collection, String field) {
        SegmentReader segment = collection.reader().segments().stream()
                .max(Comparator.comparingInt(SegmentReader::documentCount))
                .orElse(null);
        if (segment == null) {
            return SparseVector.EMPTY;
        }
        int step = Math.max(1, segment.termCount() / PROBES);
        int[] frequent = IntStream.iterate(0, id -> id < segment.termCount(), id -> id + step)
                .filter(id -> segment.termId(field, segment.token(id)) == id)
                .boxed()
                .sorted(Comparator.comparingInt(id -> -segment.documentFrequency(id)))
                .limit(TOKENS)
                .mapToInt(Integer::intValue)
                .toArray();
        Map<String, Integer> weights = new HashMap<>();
        for (int i = 0; i < frequent.length; i++) {
            weights.put(segment.token(frequent[i]), i + 1);
        }
        return SparseVector.of(weights);
    }

    private static Request request(String index, String field, SparseVector query) {
        byte[] body = Json.write(false, json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("query");
            json.writeObjectPropertyStart("sparse_vector");
            json.writeStringProperty("field", field);
            json.writeObjectPropertyStart("query_vector");
            for (int i = 0; i < query.size(); i++) {
                json.writeNumberProperty(query.token(i), query.weight(i));
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
        List<String> path = List.of(index, "_search");
        String uri = "/" + String.join("/", path);
        return new Request("POST", uri, path, Map.of(), HEADERS, body, Map.of(), new Cancellation());
    }
}
