package io.skiff.server.rest.document;

import io.skiff.index.store.Condition;
import io.skiff.server.rest.Json;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.RestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads the body of a bulk request, a line of JSON for each action and one for its document, each ended by a newline. Any
 * mistake outside the documents refuses the whole request, before anything is written.
 */
final class BulkParser {
    /** Most actions of one request. */
    static final int MAX_ACTIONS = 100_000;

    private static final byte[] NOTHING = new byte[0];

    private final byte[] body;
    private final Optional<String> indexOfPath;
    private int position;
    private int line;

    private BulkParser(byte[] body, Optional<String> indexOfPath) {
        this.body = body;
        this.indexOfPath = indexOfPath;
    }

    /**
     * The actions of a request in their order.
     *
     * @throws RestException if it is malformed, or asks for something that is not known
     */
    static List<BulkAction> parse(Request request) {
        Optional<String> index =
                request.hasPathParameter("index") ? Optional.of(request.pathParameter("index")) : Optional.empty();
        return new BulkParser(request.requiredBody(), index).parse();
    }

    private List<BulkAction> parse() {
        if (body[body.length - 1] != '\n') {
            throw RestException.illegalArgument("The bulk request must be terminated by a newline [\\n]");
        }
        List<BulkAction> actions = new ArrayList<>();
        while (position < body.length) {
            byte[] action = nextLine();
            if (!isBlank(action)) {
                actions.add(action(action));
                if (actions.size() > MAX_ACTIONS) {
                    throw RestException.illegalArgument(
                            "a bulk request takes at most " + MAX_ACTIONS + " actions, this one has more");
                }
            }
        }
        if (actions.isEmpty()) {
            throw new RestException(
                    400, "action_request_validation_exception", "Validation Failed: 1: no requests added;");
        }
        return actions;
    }

    private byte[] nextLine() {
        int end = position;
        while (body[end] != '\n') {
            end++;
        }
        int to = end > position && body[end - 1] == '\r' ? end - 1 : end;
        byte[] content = Arrays.copyOfRange(body, position, to);
        position = end + 1;
        line++;
        return content;
    }

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    private BulkAction action(byte[] content) {
        int lineOfAction = line;
        JsonNode json = Json.tree(content);
        if (!json.isObject() || json.size() != 1) {
            throw malformed(
                    lineOfAction,
                    json.isObject()
                            ? "expected one action and got " + json.size()
                            : "expected START_OBJECT but found [" + json.getNodeType() + "]");
        }
        Map.Entry<String, JsonNode> only = json.properties().iterator().next();
        BulkAction.Kind kind = Arrays.stream(BulkAction.Kind.values())
                .filter(each -> each.word().equals(only.getKey()))
                .findFirst()
                .orElseThrow(() -> malformed(
                        lineOfAction,
                        "expected field [create], [delete], [index] or [update] but found [" + only.getKey() + "]"));
        if (!only.getValue().isObject()) {
            throw malformed(
                    lineOfAction,
                    "expected an object for [" + only.getKey() + "] but found ["
                            + only.getValue().getNodeType() + "]");
        }
        BulkMetadata metadata = BulkMetadata.parse(lineOfAction, only.getValue());
        byte[] source = NOTHING;
        if (kind != BulkAction.Kind.DELETE) {
            if (position >= body.length) {
                throw malformed(lineOfAction, "there is no line with the document behind it");
            }
            source = nextLine();
        }
        return action(kind, metadata, source);
    }

    private BulkAction action(BulkAction.Kind kind, BulkMetadata metadata, byte[] source) {
        String index = metadata.index().or(() -> indexOfPath).orElseThrow(() -> invalid("index is missing"));
        boolean create = kind == BulkAction.Kind.INDEX && metadata.create();
        BulkAction.Kind actual = create ? BulkAction.Kind.CREATE : kind;
        boolean needsId = kind == BulkAction.Kind.UPDATE || kind == BulkAction.Kind.DELETE;
        if (needsId && metadata.id().isEmpty()) {
            throw invalid("id is missing");
        }
        String id = metadata.id().map(DocumentIds::require).orElseGet(DocumentIds::generate);
        Optional<Condition.Unchanged> condition = WriteParameters.condition(
                        metadata.sequenceNumber(), metadata.primaryTerm())
                .map(each -> (Condition.Unchanged) each);
        if (actual == BulkAction.Kind.CREATE && condition.isPresent()) {
            throw invalid("create operations do not support compare and set. use index instead");
        }
        return new BulkAction(actual, index, id, source, condition, metadata.retries());
    }

    private static RestException invalid(String problem) {
        return new RestException(400, "action_request_validation_exception", "Validation Failed: 1: " + problem + ";");
    }

    private static RestException malformed(int line, String problem) {
        return RestException.illegalArgument("Malformed action/metadata line [" + line + "], " + problem);
    }
}
