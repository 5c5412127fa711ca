package io.skiff.server.rest.document;

import io.skiff.server.rest.RestException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What stands behind the name of an action in a bulk request. */
record BulkMetadata(
        Optional<String> index,
        Optional<String> id,
        boolean create,
        Optional<Long> sequenceNumber,
        Optional<Long> primaryTerm,
        long retries) {
    /**
     * Reads it.
     *
     * @param line for messages
     * @throws RestException if something in it is not known, or known and not supported
     */
    static BulkMetadata parse(int line, JsonNode json) {
        Optional<String> index = Optional.empty();
        Optional<String> id = Optional.empty();
        boolean create = false;
        Optional<Long> sequenceNumber = Optional.empty();
        Optional<Long> primaryTerm = Optional.empty();
        long retries = 0;
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isNull()) {
                continue;
            }
            switch (name) {
                case "_index" -> index = Optional.of(text(line, name, value));
                case "_id" -> id = Optional.of(text(line, name, value));
                case "op_type" -> create = isCreate(line, text(line, name, value));
                case "if_seq_no" -> sequenceNumber = Optional.of(WriteParameters.number(name, text(line, name, value)));
                case "if_primary_term" ->
                    primaryTerm = Optional.of(WriteParameters.number(name, text(line, name, value)));
                case "retry_on_conflict" -> retries = WriteParameters.number(name, text(line, name, value));
                case "require_alias" -> requireNone(line, name, value, "false");
                case "pipeline" -> requireNone(line, name, value, "_none");
                case "dynamic_templates" -> {
                    if (!value.isEmpty()) {
                        throw unsupported(line, name);
                    }
                }
                case "routing", "version", "version_type", "_source" -> throw unsupported(line, name);
                default ->
                    throw RestException.illegalArgument(
                            "Action/metadata line [" + line + "] contains an unknown parameter [" + name + "]");
            }
        }
        return new BulkMetadata(index, id, create, sequenceNumber, primaryTerm, retries);
    }

    private static String text(int line, String name, JsonNode value) {
        if (!value.isString() && !value.isNumber()) {
            throw RestException.illegalArgument("Malformed action/metadata line [" + line
                    + "], expected a simple value for field [" + name + "] but found [" + value.getNodeType() + "]");
        }
        return value.asString();
    }

    private static boolean isCreate(int line, String type) {
        return switch (type) {
            case "create" -> true;
            case "index" -> false;
            default ->
                throw RestException.illegalArgument("Malformed action/metadata line [" + line
                        + "], [op_type] must be [index] or [create], found [" + type + "]");
        };
    }

    private static void requireNone(int line, String name, JsonNode value, String none) {
        if (!value.asString("").equals(none)) {
            throw unsupported(line, name);
        }
    }

    private static RestException unsupported(int line, String name) {
        return RestException.illegalArgument(
                "Action/metadata line [" + line + "]: [" + name + "] is not supported in this version");
    }
}
