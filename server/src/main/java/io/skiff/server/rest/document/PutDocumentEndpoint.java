package io.skiff.server.rest.document;

import io.skiff.index.store.Condition;
import io.skiff.server.collection.DocumentWrite;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code _doc} and {@code _create}: stores a document, under an id of its own where none is given. */
public final class PutDocumentEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS =
            WriteParameters.with("if_seq_no", "if_primary_term", "op_type", "include_source_on_error");

    private final WriteTargets targets;
    private final boolean create;

    /**
     * Over some indexes.
     *
     * @param create whether the document must not be there yet, {@code _create}
     */
    public PutDocumentEndpoint(WriteTargets targets, boolean create) {
        this.targets = targets;
        this.create = create;
    }

    @Override
    public Response answer(Request request) {
        byte[] body = request.requiredBody();
        WriteParameters.Refresh refresh = WriteParameters.refresh(request);
        Condition condition = condition(request);
        String id = request.hasPathParameter("id")
                ? DocumentIds.require(request.pathParameter("id"))
                : DocumentIds.generate();
        LiveIndex index = targets.orCreate(request.pathParameter("index"));
        DocumentWrite write = new DocumentWrite.Put(id, body, condition);
        return WriteAnswer.of(request, index, index.write(List.of(write)).getFirst(), refresh);
    }

    private Condition condition(Request request) {
        String type = request.parameter("op_type").orElse(create ? "create" : "index");
        if (!type.equals("create") && (create || !type.equals("index"))) {
            throw RestException.illegalArgument("opType must be 'create' or 'index', found: [" + type + "]");
        }
        Optional<Condition> unchanged = WriteParameters.condition(request);
        if (type.equals("create")) {
            if (unchanged.isPresent()) {
                throw new RestException(
                        400,
                        "action_request_validation_exception",
                        "Validation Failed: 1: create operations do not support compare and set. use index instead;");
            }
            return Condition.ABSENT;
        }
        return unchanged.orElse(Condition.ALWAYS);
    }
}
