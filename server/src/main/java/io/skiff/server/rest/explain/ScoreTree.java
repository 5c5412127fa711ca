package io.skiff.server.rest.explain;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * How a number came about, as Elasticsearch's {@code _explanation}.
 *
 * @param value the number
 * @param description how it is made of the details, in words
 * @param details the numbers that it is made of
 */
public record ScoreTree(double value, String description, List<ScoreTree> details) {
    /** Copies the list. */
    public ScoreTree {
        details = List.copyOf(details);
    }

    /** A number that is made of no others. */
    static ScoreTree leaf(double value, String description) {
        return new ScoreTree(value, description, List.of());
    }

    /** Writes the object. Numbers are written in full: parts come to the whole exactly. */
    public void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("value", value);
        json.writeStringProperty("description", description);
        json.writeArrayPropertyStart("details");
        details.forEach(detail -> detail.write(json));
        json.writeEndArray();
        json.writeEndObject();
    }
}
