package io.skiff.server.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The pattern of an answer, and where an answer does not fit it. */
final class Expected {
    private static final String ONLY = "<only>";

    private static final Map<String, Predicate<JsonNode>> KINDS = Map.of(
            "<any>", node -> true,
            "<string>", JsonNode::isString,
            "<number>", JsonNode::isNumber,
            "<boolean>", JsonNode::isBoolean,
            "<object>", JsonNode::isObject,
            "<array>", JsonNode::isArray);

    private final List<String> complaints = new ArrayList<>();

    private Expected() {}

    /** What is wrong with an answer, a line each; none if it fits. */
    static List<String> complaints(JsonNode pattern, JsonNode actual) {
        Expected expected = new Expected();
        if (!pattern.isMissingNode()) {
            expected.check(pattern, actual, "");
        }
        return expected.complaints;
    }

    private void check(JsonNode pattern, JsonNode actual, String path) {
        if (pattern.isString() && pattern.stringValue().equals("<absent>")) {
            expect(actual.isMissingNode(), pattern, actual, path);
        } else if (pattern.isString() && KINDS.containsKey(pattern.stringValue())) {
            expect(!actual.isMissingNode() && KINDS.get(pattern.stringValue()).test(actual), pattern, actual, path);
        } else if (pattern.isObject() && actual.isObject()) {
            checkObject(pattern, actual, path);
        } else if (pattern.isArray() && actual.isArray() && pattern.size() == actual.size()) {
            for (int i = 0; i < pattern.size(); i++) {
                check(pattern.get(i), actual.get(i), path + "[" + i + "]");
            }
        } else if (pattern.isNumber() && actual.isNumber()) {
            expect(pattern.doubleValue() == actual.doubleValue(), pattern, actual, path);
        } else {
            expect(pattern.equals(actual), pattern, actual, path);
        }
    }

    private void checkObject(JsonNode pattern, JsonNode actual, String path) {
        for (Map.Entry<String, JsonNode> member : pattern.properties()) {
            if (!member.getKey().equals(ONLY)) {
                check(member.getValue(), actual.path(member.getKey()), path + "." + member.getKey());
            }
        }
        if (pattern.has(ONLY)) {
            for (String name : actual.propertyNames()) {
                if (!pattern.has(name)) {
                    complaints.add(path + "." + name + " should not be there: " + actual.get(name));
                }
            }
        }
    }

    private void expect(boolean fits, JsonNode pattern, JsonNode actual, String path) {
        if (!fits) {
            complaints.add((path.isEmpty() ? "." : path) + " should be " + pattern + " but is "
                    + (actual.isMissingNode() ? "absent" : actual));
        }
    }
}
