package io.skiff.server.rest.index;

import io.skiff.index.live.LiveStatistics;
import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code GET /_nodes/stats}: what the indexes together hold and do, and how the JVM fares. */
public final class NodeStatsEndpoint implements Endpoint {
    private static final String NODE = "skiff";

    private final Collections collections;

    /** Over these collections. */
    public NodeStatsEndpoint(Collections collections) {
        this.collections = collections;
    }

    /** The sums over all indexes. */
    private static final class Sums {
        private long documents;
        private long deleted;
        private long segments;
        private long bytes;
        private long bufferedChanges;
        private long bufferedBytes;
        private long refreshes;
        private long mergesRunning;
        private long mergesDone;

        void add(IndexSizes sizes, Optional<LiveStatistics> live) {
            documents += sizes.documents();
            deleted += sizes.deleted();
            segments += sizes.segments();
            bytes += sizes.bytes();
            live.ifPresent(statistics -> {
                bufferedChanges += statistics.bufferedChanges();
                bufferedBytes += statistics.bufferedBytes();
                refreshes += statistics.refreshes();
                mergesRunning += statistics.mergesRunning();
                mergesDone += statistics.mergesDone();
            });
        }
    }

    @Override
    public Response answer(Request request) {
        Sums sums = new Sums();
        collections.forEach(collection -> {
            Optional<LiveStatistics> live = collections.live(collection.name()).map(LiveIndex::statistics);
            sums.add(IndexSizes.of(collection, live), live);
        });
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("_nodes");
            json.writeNumberProperty("total", 1);
            json.writeNumberProperty("successful", 1);
            json.writeNumberProperty("failed", 0);
            json.writeEndObject();
            json.writeStringProperty("cluster_name", NODE);
            json.writeObjectPropertyStart("nodes");
            json.writeObjectPropertyStart(NODE);
            json.writeNumberProperty("timestamp", System.currentTimeMillis());
            json.writeStringProperty("name", NODE);
            writeIndices(json, sums);
            writeJvm(json);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void writeIndices(JsonGenerator json, Sums sums) {
        json.writeObjectPropertyStart("indices");
        json.writeObjectPropertyStart("docs");
        json.writeNumberProperty("count", sums.documents);
        json.writeNumberProperty("deleted", sums.deleted);
        json.writeEndObject();
        json.writeObjectPropertyStart("store");
        json.writeNumberProperty("size_in_bytes", sums.bytes);
        json.writeEndObject();
        json.writeObjectPropertyStart("segments");
        json.writeNumberProperty("count", sums.segments);
        json.writeNumberProperty("index_writer_memory_in_bytes", sums.bufferedBytes);
        json.writeEndObject();
        json.writeObjectPropertyStart("refresh");
        json.writeNumberProperty("total", sums.refreshes);
        json.writeEndObject();
        json.writeObjectPropertyStart("merges");
        json.writeNumberProperty("current", sums.mergesRunning);
        json.writeNumberProperty("total", sums.mergesDone);
        json.writeEndObject();
        json.writeObjectPropertyStart("translog");
        json.writeNumberProperty("uncommitted_operations", sums.bufferedChanges);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeJvm(JsonGenerator json) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        json.writeObjectPropertyStart("jvm");
        json.writeNumberProperty(
                "uptime_in_millis", ManagementFactory.getRuntimeMXBean().getUptime());
        json.writeObjectPropertyStart("mem");
        json.writeNumberProperty("heap_used_in_bytes", heap.getUsed());
        json.writeNumberProperty("heap_committed_in_bytes", heap.getCommitted());
        json.writeNumberProperty("heap_max_in_bytes", heap.getMax());
        json.writeEndObject();
        json.writeObjectPropertyStart("threads");
        json.writeNumberProperty("count", ManagementFactory.getThreadMXBean().getThreadCount());
        json.writeEndObject();
        json.writeEndObject();
    }
}
