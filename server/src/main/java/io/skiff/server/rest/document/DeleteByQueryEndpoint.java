package io.skiff.server.rest.document;

import io.skiff.index.store.Change;
import io.skiff.index.store.Condition;
import io.skiff.index.store.WriteResult;
import io.skiff.server.collection.Collection;
import io.skiff.server.collection.DocumentResult;
import io.skiff.server.collection.DocumentWrite;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.plan.MatchingDocuments;
import io.skiff.server.rest.query.QueryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/**
 * {@code POST /{index}/_delete_by_query}: removes the documents that match a query. The index is refreshed first, so that
 * what was written before the request is seen; a document that is changed while it works is left alone.
 */
public final class DeleteByQueryEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS = DeleteByQueryRequest.PARAMETERS;

    /** Documents removed in one write. */
    private static final int BATCH = 1_000;

    private final WriteTargets targets;
    private final QueryLimits limits;

    /** Over some indexes. */
    public DeleteByQueryEndpoint(WriteTargets targets, QueryLimits limits) {
        this.targets = targets;
        this.limits = limits;
    }

    @Override
    public Response answer(Request request) {
        long start = System.nanoTime();
        WriteParameters.Refresh refresh = WriteParameters.refresh(request);
        DeleteByQueryRequest asked = DeleteByQueryRequest.parse(request, limits);
        LiveIndex index = targets.require(request.pathParameter("index"));
        long lastChange = index.statistics().lastSequenceNumber();
        index.refresh();
        Deletion deletion = new Deletion(index, lastChange, asked);
        try (Collection collection = index.acquire()) {
            MatchingDocuments.forEachId(
                    collection,
                    limits,
                    asked.query(),
                    () -> deletion.isDone() || request.cancellation().isCancelled(),
                    deletion::add);
        }
        deletion.write();
        request.cancellation().check();
        refresh.apply(index);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return Response.json(
                request, deletion.failures.isEmpty() ? 200 : 409, Map.of(), json -> deletion.answer(json, millis));
    }

    /** The documents of one request, batch by batch. */
    private static final class Deletion {
        private final LiveIndex index;
        private final long lastChange;
        private final DeleteByQueryRequest asked;
        private final List<String> waiting = new ArrayList<>();
        private final List<Failure> failures = new ArrayList<>();
        private long total;
        private long deleted;
        private long conflicts;
        private int batches;

        Deletion(LiveIndex index, long lastChange, DeleteByQueryRequest asked) {
            this.index = index;
            this.lastChange = lastChange;
            this.asked = asked;
        }

        private record Failure(String id, RestException cause) {}

        boolean isDone() {
            return total >= asked.maxDocuments() || !failures.isEmpty();
        }

        void add(String id) {
            if (!isDone()) {
                total++;
                waiting.add(id);
                if (waiting.size() == BATCH) {
                    write();
                }
            }
        }

        void write() {
            if (waiting.isEmpty()) {
                return;
            }
            batches++;
            List<DocumentWrite> deletes = new ArrayList<>();
            for (String id : waiting) {
                condition(id).ifPresent(condition -> deletes.add(new DocumentWrite.Delete(id, condition)));
            }
            waiting.clear();
            for (DocumentResult result : index.write(deletes)) {
                switch (result) {
                    case DocumentResult.Reached(WriteResult.Done done) -> deleted++;
                    case DocumentResult.Reached(WriteResult.Conflict conflict) -> failed(conflict);
                    case DocumentResult.Refused refused ->
                        throw new IllegalStateException("a deletion was refused", refused.cause());
                }
            }
        }

        /** As the document was found; where it has changed since, that is noted instead. */
        private Optional<Condition> condition(String id) {
            Optional<Change.Stored> current = index.get(id);
            Optional<Condition> unchanged = current.filter(
                            each -> each.revision().sequenceNumber() <= lastChange)
                    .map(each -> new Condition.Unchanged(
                            each.revision().sequenceNumber(), each.revision().primaryTerm()));
            if (unchanged.isEmpty()) {
                Condition found = new Condition.Unchanged(lastChange, 0);
                failed(new WriteResult.Conflict(id, found, current.map(Change.Stored::revision)));
            }
            return unchanged;
        }

        private void failed(WriteResult.Conflict conflict) {
            conflicts++;
            if (!asked.proceed()) {
                failures.add(new Failure(conflict.id(), WriteAnswer.conflict(index, conflict)));
            }
        }

        void answer(JsonGenerator json, long millis) {
            json.writeStartObject();
            json.writeNumberProperty("took", millis);
            json.writeBooleanProperty("timed_out", false);
            json.writeNumberProperty("total", total);
            json.writeNumberProperty("deleted", deleted);
            json.writeNumberProperty("batches", batches);
            json.writeNumberProperty("version_conflicts", conflicts);
            json.writeNumberProperty("noops", 0);
            json.writeObjectPropertyStart("retries");
            json.writeNumberProperty("bulk", 0);
            json.writeNumberProperty("search", 0);
            json.writeEndObject();
            json.writeNumberProperty("throttled_millis", 0);
            json.writeNumberProperty("requests_per_second", -1.0);
            json.writeNumberProperty("throttled_until_millis", 0);
            json.writeArrayPropertyStart("failures");
            for (Failure failure : failures) {
                json.writeStartObject();
                json.writeStringProperty("index", index.name());
                json.writeStringProperty("id", failure.id());
                json.writeName("cause");
                failure.cause().writeItem(json);
                json.writeNumberProperty("status", failure.cause().status());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
