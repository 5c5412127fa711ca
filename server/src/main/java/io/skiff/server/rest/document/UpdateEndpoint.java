package io.skiff.server.rest.document;

import io.skiff.index.store.Change;
import io.skiff.index.store.Condition;
import io.skiff.index.store.Revision;
import io.skiff.index.store.WriteResult;
import io.skiff.server.collection.DocumentResult;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /{index}/_update/{id}}: changes a document in part. */
public final class UpdateEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS =
            WriteParameters.with("if_seq_no", "if_primary_term", "retry_on_conflict", "include_source_on_error");

    private final WriteTargets targets;

    /** Over some indexes. */
    public UpdateEndpoint(WriteTargets targets) {
        this.targets = targets;
    }

    @Override
    public Response answer(Request request) {
        WriteParameters.Refresh refresh = WriteParameters.refresh(request);
        DocumentUpdate update = DocumentUpdate.parse(request.requiredBody());
        String id = DocumentIds.require(request.pathParameter("id"));
        Optional<Condition.Unchanged> condition =
                WriteParameters.condition(request).map(each -> (Condition.Unchanged) each);
        long retries = request.parameter("retry_on_conflict")
                .map(value -> WriteParameters.number("retry_on_conflict", value))
                .orElse(0L);
        LiveIndex index = targets.orCreate(request.pathParameter("index"));
        while (true) {
            Optional<Change.Stored> current = index.get(id);
            DocumentUpdate.Step step = update.apply(id, current, condition, found -> {
                throw WriteAnswer.conflict(
                        index,
                        new WriteResult.Conflict(id, condition.orElseThrow(), found.map(Change.Stored::revision)));
            });
            switch (step) {
                case DocumentUpdate.Step.Missing missing -> throw WriteAnswer.missing(index, id);
                case DocumentUpdate.Step.Nothing nothing -> {
                    return noop(request, index, id, nothing.current().revision());
                }
                case DocumentUpdate.Step.Write write -> {
                    DocumentResult result = index.write(List.of(write.put())).getFirst();
                    boolean conflict = result instanceof DocumentResult.Reached(WriteResult.Conflict changedMeanwhile);
                    if (!conflict || retries-- == 0) {
                        return WriteAnswer.of(request, index, result, refresh);
                    }
                }
            }
        }
    }

    private static Response noop(Request request, LiveIndex index, String id, Revision revision) {
        return Response.json(request, json -> {
            json.writeStartObject();
            WriteAnswer.writeNoop(json, index.name(), id, revision);
            json.writeEndObject();
        });
    }
}
