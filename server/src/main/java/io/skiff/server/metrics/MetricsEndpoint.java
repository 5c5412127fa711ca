package io.skiff.server.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** {@code GET /_prometheus/metrics}, in Prometheus's text format. */
public final class MetricsEndpoint implements Endpoint {
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final ServerMetrics metrics;

    /** Of these metrics. */
    public MetricsEndpoint(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Response answer(Request request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes, metrics.registry().scrape(), EscapingScheme.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return new Response(200, writer.getContentType(), Map.of(), bytes.toByteArray());
    }
}
