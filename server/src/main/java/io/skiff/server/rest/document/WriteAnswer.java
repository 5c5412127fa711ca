package io.skiff.server.rest.document;

import io.skiff.index.store.Condition;
import io.skiff.index.store.Revision;
import io.skiff.index.store.WriteResult;
import io.skiff.server.collection.DocumentResult;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.DocumentFailure;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.Shards;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** What a write came to, as Elasticsearch words it. */
final class WriteAnswer {
    private WriteAnswer() {}

    /**
     * The answer to the only write of a request, after the refresh that it asked for.
     *
     * @throws RestException if it was not carried out
     */
    static Response of(Request request, LiveIndex index, DocumentResult result, WriteParameters.Refresh refresh) {
        WriteResult.Done done = require(index, result);
        refresh.apply(index);
        return Response.json(request, status(done), Map.of(), json -> {
            json.writeStartObject();
            write(json, index.name(), done, refresh);
            json.writeEndObject();
        });
    }

    /**
     * What was carried out.
     *
     * @throws RestException if nothing was: the document was refused, or the condition did not hold
     */
    static WriteResult.Done require(LiveIndex index, DocumentResult result) {
        return switch (result) {
            case DocumentResult.Refused refused -> throw DocumentFailure.of(refused.cause());
            case DocumentResult.Reached(WriteResult.Conflict conflict) -> throw conflict(index, conflict);
            case DocumentResult.Reached(WriteResult.Done done) -> done;
        };
    }

    static RestException conflict(LiveIndex index, WriteResult.Conflict conflict) {
        String reason = "[" + conflict.id() + "]: version conflict, ";
        reason += switch (conflict.condition()) {
            case Condition.Unchanged unchanged ->
                "required seqNo [" + unchanged.sequenceNumber() + "], primary term [" + unchanged.primaryTerm() + "]. "
                        + conflict.current()
                                .map(current -> "current document has seqNo [" + current.sequenceNumber()
                                        + "] and primary term [" + current.primaryTerm() + "]")
                                .orElse("but no document was found");
            default ->
                "document already exists (current version ["
                        + conflict.current().map(Revision::version).orElse(0L) + "])";
        };
        return of(new RestException(409, "version_conflict_engine_exception", reason), index);
    }

    static RestException missing(LiveIndex index, String id) {
        return of(new RestException(404, "document_missing_exception", "[" + id + "]: document missing"), index);
    }

    private static RestException of(RestException failure, LiveIndex index) {
        return failure.with("index_uuid", index.uuid()).with("shard", "0").with("index", index.name());
    }

    static int status(WriteResult.Done done) {
        return switch (done.outcome()) {
            case CREATED -> 201;
            case UPDATED, DELETED -> 200;
            case NOT_FOUND -> 404;
        };
    }

    /** Writes the members of what was carried out. */
    static void write(JsonGenerator json, String index, WriteResult.Done done, WriteParameters.Refresh refresh) {
        String result = done.outcome().name().toLowerCase(Locale.ROOT);
        writeHead(json, index, done.id(), done.revision(), result);
        if (refresh == WriteParameters.Refresh.NOW) {
            json.writeBooleanProperty("forced_refresh", true);
        }
        Shards.writeOfChange(json);
        writeTail(json, done.revision());
    }

    /** Writes the members of an update that would have changed nothing. */
    static void writeNoop(JsonGenerator json, String index, String id, Revision revision) {
        writeHead(json, index, id, revision, "noop");
        Shards.writeOfChange(json, 0);
        writeTail(json, revision);
    }

    private static void writeHead(JsonGenerator json, String index, String id, Revision revision, String result) {
        json.writeStringProperty("_index", index);
        json.writeStringProperty("_id", id);
        json.writeNumberProperty("_version", revision.version());
        json.writeStringProperty("result", result);
    }

    private static void writeTail(JsonGenerator json, Revision revision) {
        json.writeNumberProperty("_seq_no", revision.sequenceNumber());
        json.writeNumberProperty("_primary_term", revision.primaryTerm());
    }
}
