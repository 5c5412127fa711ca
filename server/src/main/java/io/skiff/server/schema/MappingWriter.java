package io.skiff.server.schema;

import io.skiff.server.schema.FieldType.Analyzer;
import io.skiff.server.schema.Mapping.Field;
import io.skiff.server.schema.Mapping.ObjectField;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Writes a schema as Elasticsearch's mappings, options with their usual values left out. */
public final class MappingWriter {
    private final JsonGenerator json;

    private MappingWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the object with {@code properties} and perhaps {@code dynamic}. */
    public static void write(JsonGenerator json, Schema schema) {
        json.writeStartObject();
        new MappingWriter(json).members(schema.root());
        json.writeEndObject();
    }

    private void members(ObjectField object) {
        object.dynamic()
                .ifPresent(value ->
                        json.writeStringProperty("dynamic", value.name().toLowerCase(Locale.ROOT)));
        if (!object.properties().isEmpty()) {
            json.writeObjectPropertyStart("properties");
            object.properties().forEach((name, mapping) -> {
                json.writeObjectPropertyStart(name);
                switch (mapping) {
                    case ObjectField child -> {
                        if (child.properties().isEmpty()) {
                            json.writeStringProperty("type", "object");
                        }
                        members(child);
                    }
                    case Field field -> field(field);
                }
                json.writeEndObject();
            });
            json.writeEndObject();
        }
    }

    private void field(Field field) {
        type(field.type());
        if (!field.subfields().isEmpty()) {
            json.writeObjectPropertyStart("fields");
            field.subfields().forEach((name, type) -> {
                json.writeObjectPropertyStart(name);
                type(type);
                json.writeEndObject();
            });
            json.writeEndObject();
        }
    }

    private void type(FieldType type) {
        json.writeStringProperty("type", type.name());
        switch (type) {
            case FieldType.SparseVectorType vector -> vector.pruning().ifPresent(this::pruning);
            case FieldType.TextType text -> {
                if (text.analyzer() != Analyzer.STANDARD) {
                    json.writeStringProperty("analyzer", text.analyzer().name().toLowerCase(Locale.ROOT));
                }
            }
            case FieldType.SemanticTextType semantic -> {
                json.writeStringProperty("inference_id", semantic.inferenceId());
                semantic.searchInferenceId().ifPresent(id -> json.writeStringProperty("search_inference_id", id));
            }
            case FieldType.KeywordType keyword -> {
                if (keyword.ignoreAbove() != FieldType.KeywordType.UNLIMITED) {
                    json.writeNumberProperty("ignore_above", keyword.ignoreAbove());
                }
            }
            case FieldType.NumberType number -> {
                if (!number.coerce()) {
                    json.writeBooleanProperty("coerce", false);
                }
            }
            case FieldType.BooleanType bool -> {
                // has no options
            }
            case FieldType.DateType date -> {
                if (!date.format().equals(DateFormat.DEFAULT)) {
                    json.writeStringProperty("format", date.format().pattern());
                }
            }
        }
    }

    private void pruning(FieldType.Pruning pruning) {
        json.writeObjectPropertyStart("index_options");
        json.writeBooleanProperty("prune", pruning.prune());
        if (pruning.frequencyRatioThreshold().isPresent()
                || pruning.weightThreshold().isPresent()) {
            json.writeObjectPropertyStart("pruning_config");
            pruning.frequencyRatioThreshold()
                    .ifPresent(value -> json.writeNumberProperty("tokens_freq_ratio_threshold", value));
            pruning.weightThreshold().ifPresent(value -> json.writeNumberProperty("tokens_weight_threshold", value));
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
