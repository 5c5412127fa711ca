package io.skiff.server.rest.index;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.Shards;
import java.util.Set;

/**
 * {@code _refresh}, {@code _flush} and {@code _forcemerge}, of one index or all. An index that is only read has nothing to
 * do and says that it is done.
 */
public final class MaintenanceEndpoint implements Endpoint {
    /** Parameters of the query string that change nothing. */
    public static final Set<String> PARAMETERS =
            Set.of("ignore_unavailable", "allow_no_indices", "expand_wildcards", "force", "wait_if_ongoing");

    /** Those of {@code _forcemerge}. */
    public static final Set<String> MERGE_PARAMETERS = Set.of(
            "ignore_unavailable",
            "allow_no_indices",
            "expand_wildcards",
            "max_num_segments",
            "flush",
            "wait_for_completion");

    /** What to do. */
    private interface Work {
        void on(LiveIndex index, Request request);
    }

    private final Collections collections;
    private final Work work;

    private MaintenanceEndpoint(Collections collections, Work work) {
        this.collections = collections;
        this.work = work;
    }

    /** Makes what was written found. */
    public static MaintenanceEndpoint refresh(Collections collections) {
        return new MaintenanceEndpoint(collections, (index, request) -> index.refresh());
    }

    /** Puts everything on the disk. */
    public static MaintenanceEndpoint flush(Collections collections) {
        return new MaintenanceEndpoint(collections, (index, request) -> index.flush());
    }

    /** Merges segments. */
    public static MaintenanceEndpoint merge(Collections collections) {
        return new MaintenanceEndpoint(collections, (index, request) -> {
            index.refresh();
            index.forceMerge(segments(request));
            if (!request.parameter("flush").orElse("true").equals("false")) {
                index.flush();
            }
        });
    }

    private static int segments(Request request) {
        if (request.parameter("wait_for_completion").orElse("true").equals("false")) {
            throw RestException.illegalArgument("[wait_for_completion] = [false] is not supported in this version");
        }
        String value = request.parameter("max_num_segments").orElse("1");
        try {
            int number = Integer.parseInt(value);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notASegmentCount(value);
        }
        throw notASegmentCount(value);
    }

    private static RestException notASegmentCount(String value) {
        return RestException.illegalArgument("[max_num_segments] must be a whole number from 1, got [" + value + "]");
    }

    @Override
    public Response answer(Request request) {
        int count = 0;
        for (String name : Indices.names(collections, request)) {
            collections.live(name).ifPresent(index -> work.on(index, request));
            count++;
        }
        int indexes = count;
        return Response.json(request, json -> {
            json.writeStartObject();
            Shards.writeOfChange(json, indexes);
            json.writeEndObject();
        });
    }
}
