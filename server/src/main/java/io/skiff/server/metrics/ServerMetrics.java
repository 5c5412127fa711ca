package io.skiff.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.RequestObserver;
import java.util.function.IntSupplier;

/** The counters of one server. */
public final class ServerMetrics implements RequestObserver {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Seconds; from what an answer from memory takes to what nobody waits for. */
    private static final double[] BUCKETS = {
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("skiff_http_requests_total")
            .help("Answers, by route and status; the route is 'none' where there is none or nobody was let in")
            .labelNames("route", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("skiff_http_request_seconds")
            .help("Time of an endpoint from the start of its work to its answer, by route")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .register(registry);
    private final Counter rejected = Counter.builder()
            .name("skiff_searches_rejected_total")
            .help("Requests answered 429 because too many waited")
            .register(registry);
    private final Counter cancelled = Counter.builder()
            .name("skiff_requests_cancelled_total")
            .help("Requests whose client hung up before the answer")
            .register(registry);

    /** Of a server over some collections. */
    public ServerMetrics(Collections collections) {
        GaugeWithCallback.builder()
                .name("skiff_index_documents")
                .help("Documents of an index")
                .labelNames("index")
                .callback(callback -> collections.forEach((Collection collection) ->
                        callback.call((double) collection.reader().documentCount(), collection.name())))
                .register(registry);
        gauge("skiff_jvm_heap_used_bytes", "Heap in use", () -> {
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        });
    }

    /** Adds what is known of the threads that search and of the connections. */
    public void watch(IntSupplier searching, IntSupplier waiting, IntSupplier connections) {
        gauge("skiff_searches_active", "Requests that a search thread works on", searching::getAsInt);
        gauge("skiff_searches_waiting", "Requests that wait for a search thread", waiting::getAsInt);
        gauge("skiff_connections", "Open connections", connections::getAsInt);
    }

    private void gauge(String name, String help, java.util.function.LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    @Override
    public void answered(String route, Request request, int status, long nanos) {
        requests.labelValues(route, Integer.toString(status)).inc();
        seconds.labelValues(route).observe(nanos / NANOS_PER_SECOND);
    }

    /** A request found the queue full. */
    public void rejected() {
        rejected.inc();
    }

    /** A client hung up before its answer. */
    public void cancelled() {
        cancelled.inc();
    }

    PrometheusRegistry registry() {
        return registry;
    }
}
