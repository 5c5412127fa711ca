package io.skiff.server.rest.document;

import io.skiff.index.store.Change;
import io.skiff.index.store.Condition;
import io.skiff.server.collection.DocumentWrite;
import io.skiff.server.rest.Json;
import io.skiff.server.rest.RestException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document that changes another one in part: what {@code _update} is given.
 *
 * @param doc members that are put into the document, objects member by member, everything else in place of what is there
 * @param upsert the document to store where there is none
 * @param docAsUpsert whether {@code doc} is that
 * @param detectNoop whether a document that stays the same is not written again
 */
record DocumentUpdate(Optional<ObjectNode> doc, Optional<ObjectNode> upsert, boolean docAsUpsert, boolean detectNoop) {
    /** What an update comes to. */
    sealed interface Step {
        /** This is to be written. */
        record Write(DocumentWrite.Put put) implements Step {}

        /** The document is what it should be already. */
        record Nothing(Change.Stored current) implements Step {}

        /** There is no document, and none to store instead. */
        record Missing() implements Step {}
    }

    /**
     * The update that a body is.
     *
     * @throws RestException if it is none, or one by a script
     */
    static DocumentUpdate parse(byte[] body) {
        JsonNode json = Json.tree(body);
        if (!json.isObject()) {
            throw new RestException(
                    400,
                    "x_content_parse_exception",
                    "[1:1] [UpdateRequest] Expected START_OBJECT but was: " + json.getNodeType());
        }
        Optional<ObjectNode> doc = Optional.empty();
        Optional<ObjectNode> upsert = Optional.empty();
        boolean docAsUpsert = false;
        boolean detectNoop = true;
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            switch (member.getKey()) {
                case "doc" -> doc = Optional.of(object("doc", member.getValue()));
                case "upsert" -> upsert = Optional.of(object("upsert", member.getValue()));
                case "doc_as_upsert" -> docAsUpsert = flag("doc_as_upsert", member.getValue());
                case "detect_noop" -> detectNoop = flag("detect_noop", member.getValue());
                case "script", "scripted_upsert" ->
                    throw RestException.illegalArgument(
                            "[" + member.getKey() + "] is not supported in this version; update with a [doc]");
                default ->
                    throw new RestException(
                            400,
                            "x_content_parse_exception",
                            "[UpdateRequest] unknown field [" + member.getKey()
                                    + "]; known are [doc, upsert, doc_as_upsert, detect_noop]");
            }
        }
        if (doc.isEmpty()) {
            String problem =
                    docAsUpsert ? "doc must be specified if doc_as_upsert is enabled" : "script or doc is missing";
            throw new RestException(
                    400, "action_request_validation_exception", "Validation Failed: 1: " + problem + ";");
        }
        return new DocumentUpdate(doc, upsert, docAsUpsert, detectNoop);
    }

    private static ObjectNode object(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new RestException(
                400,
                "x_content_parse_exception",
                "[UpdateRequest] [" + name + "] must be an object, got " + value.getNodeType());
    }

    private static boolean flag(String name, JsonNode value) {
        if (!value.isBoolean()) {
            throw new RestException(
                    400,
                    "x_content_parse_exception",
                    "[UpdateRequest] [" + name + "] must be true or false, got " + value);
        }
        return value.booleanValue();
    }

    /**
     * What it comes to.
     *
     * @param current the document that is there
     * @param condition that must hold of it besides; what is written is written only if it has not changed meanwhile
     * @param conflict told the document that does not meet the condition; throws
     */
    Step apply(
            String id,
            Optional<Change.Stored> current,
            Optional<Condition.Unchanged> condition,
            Consumer<Optional<Change.Stored>> conflict) {
        if (condition.isPresent() && !current.map(DocumentUpdate::unchanged).equals(condition)) {
            conflict.accept(current);
        }
        if (current.isEmpty()) {
            Optional<ObjectNode> first = docAsUpsert ? doc : upsert;
            return first.isEmpty()
                    ? new Step.Missing()
                    : new Step.Write(new DocumentWrite.Put(id, Json.write(first.get()), Condition.ABSENT));
        }
        JsonNode before = Json.tree(current.get().source());
        ObjectNode after = before.deepCopy().asObject();
        merge(after, doc.orElseThrow());
        if (detectNoop && after.equals(before)) {
            return new Step.Nothing(current.get());
        }
        return new Step.Write(new DocumentWrite.Put(id, Json.write(after), unchanged(current.get())));
    }

    private static Condition.Unchanged unchanged(Change.Stored document) {
        return new Condition.Unchanged(
                document.revision().sequenceNumber(), document.revision().primaryTerm());
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        for (Map.Entry<String, JsonNode> member : from.properties()) {
            JsonNode old = into.get(member.getKey());
            if (old instanceof ObjectNode oldObject && member.getValue() instanceof ObjectNode newObject) {
                merge(oldObject, newObject);
            } else {
                into.set(member.getKey(), member.getValue());
            }
        }
    }
}
