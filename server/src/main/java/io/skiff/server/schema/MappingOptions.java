package io.skiff.server.schema;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The options of one field in a mapping, of which none may be left unread. */
final class MappingOptions {
    private final String path;
    private final String type;
    private final JsonNode node;
    private final Set<String> unread = new TreeSet<>();

    MappingOptions(String path, String type, JsonNode node) {
        if (!node.isObject()) {
            throw MappingParser.failure("the options of field [" + path + "] must be an object, got " + node);
        }
        this.path = path;
        this.type = type;
        this.node = node;
        node.properties().forEach(property -> unread.add(property.getKey()));
    }

    /** The full name of the field. */
    String path() {
        return path;
    }

    /** The name of its type. */
    String type() {
        return type;
    }

    /** An option as it stands; empty if it is not there, or null. */
    Optional<JsonNode> value(String name) {
        unread.remove(name);
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    Optional<String> string(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isPresent() && !value.get().isString()) {
            throw mustBe(name, "a string", value.get());
        }
        return value.map(JsonNode::asString).filter(text -> !text.isEmpty());
    }

    /** True or false, also as the strings that clients send them as. */
    Optional<Boolean> bool(String name) {
        Optional<JsonNode> value = value(name);
        return value.map(each -> switch (each.asString("")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mustBe(name, "true or false", each);
        });
    }

    Optional<Integer> positive(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isPresent() && (!value.get().canConvertToInt() || value.get().intValue() < 1)) {
            throw mustBe(name, "a whole number from 1", value.get());
        }
        return value.map(JsonNode::intValue);
    }

    Optional<Float> number(String name, float min, float max) {
        Optional<JsonNode> value = value(name);
        if (value.isPresent()) {
            float number = value.get().isNumber() ? value.get().floatValue() : Float.NaN;
            if (!(number >= min && number <= max)) {
                throw mustBe(name, "a number from " + min + " to " + max, value.get());
            }
        }
        return value.map(JsonNode::floatValue);
    }

    /** An option that can be given, and has one value only here. */
    void acceptOnly(String name, boolean only) {
        if (bool(name).orElse(only) != only) {
            throw MappingParser.failure("[" + name + "] of field [" + path + "] can only be [" + only + "] here");
        }
    }

    private SchemaException mustBe(String name, String what, JsonNode found) {
        return MappingParser.failure(
                "[" + name + "] on mapper [" + path + "] of type [" + type + "] must be " + what + ", got " + found);
    }

    void requireAllRead() {
        if (!unread.isEmpty()) {
            String name = unread.iterator().next();
            throw MappingParser.failure(
                    path.equals("_doc")
                            ? "unknown parameter [" + name + "] of the mapping; known are [dynamic, properties]"
                            : "unknown parameter [" + name + "] on mapper [" + path + "] of type [" + type + "]");
        }
    }
}
