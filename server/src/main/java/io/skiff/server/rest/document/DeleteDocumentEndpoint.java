package io.skiff.server.rest.document;

import io.skiff.index.store.Condition;
import io.skiff.server.collection.DocumentWrite;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import java.util.List;
import java.util.Set;

/** {@code DELETE /{index}/_doc/{id}}: removes a document. */
public final class DeleteDocumentEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS = WriteParameters.with("if_seq_no", "if_primary_term");

    private final WriteTargets targets;

    /** Over some indexes. */
    public DeleteDocumentEndpoint(WriteTargets targets) {
        this.targets = targets;
    }

    @Override
    public Response answer(Request request) {
        WriteParameters.Refresh refresh = WriteParameters.refresh(request);
        Condition condition = WriteParameters.condition(request).orElse(Condition.ALWAYS);
        LiveIndex index = targets.require(request.pathParameter("index"));
        DocumentWrite write = new DocumentWrite.Delete(DocumentIds.require(request.pathParameter("id")), condition);
        return WriteAnswer.of(request, index, index.write(List.of(write)).getFirst(), refresh);
    }
}
