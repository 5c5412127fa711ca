package io.skiff.server.schema;

import io.skiff.index.Limits;
import io.skiff.server.schema.Mapping.Dynamic;
import io.skiff.server.schema.Mapping.Field;
import io.skiff.server.schema.Mapping.ObjectField;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of an index. Immutable; what changes it makes another one. */
public final class Schema {
    /** Without any field; documents may add some. */
    public static final Schema EMPTY = new Schema(ObjectField.of(Map.of()));

    /** Deepest nesting of objects (Elasticsearch's limit). */
    public static final int MAX_DEPTH = 20;

    private final ObjectField root;
    private final SortedMap<String, FieldType> fields = new TreeMap<>();

    /**
     * Of an object that stands for a whole document.
     *
     * @throws SchemaException if it has too many fields, or nests too deep
     */
    public Schema(ObjectField root) {
        this.root = root;
        collect("", root, 1);
        if (fields.size() > Limits.MAX_FIELDS) {
            throw new SchemaException(
                    SchemaException.Kind.ILLEGAL_ARGUMENT,
                    "Limit of total fields [" + Limits.MAX_FIELDS + "] has been exceeded");
        }
    }

    private void collect(String prefix, ObjectField object, int depth) {
        if (depth > MAX_DEPTH) {
            throw new SchemaException(
                    SchemaException.Kind.ILLEGAL_ARGUMENT,
                    "Limit of mapping depth [" + MAX_DEPTH + "] has been exceeded due to object field [" + prefix
                            + "]");
        }
        object.properties().forEach((name, mapping) -> {
            String path = prefix + name;
            switch (mapping) {
                case ObjectField child -> collect(path + ".", child, depth + 1);
                case Field field -> {
                    fields.put(path, field.type());
                    field.subfields().forEach((sub, type) -> fields.put(path + "." + sub, type));
                }
            }
        });
    }

    /** As an object that stands for a whole document. */
    public ObjectField root() {
        return root;
    }

    /** Every field by its full name, dots between the levels; subfields too. */
    public SortedMap<String, FieldType> fields() {
        return Collections.unmodifiableSortedMap(fields);
    }

    /** The type of a field by its full name. */
    public Optional<FieldType> type(String path) {
        return Optional.ofNullable(fields.get(path));
    }

    /** The field or object at a full name, no subfields. */
    Optional<Mapping> mapping(String path) {
        Mapping at = root;
        for (String name : path.split("\\.", -1)) {
            if (!(at instanceof ObjectField object) || !object.properties().containsKey(name)) {
                return Optional.empty();
            }
            at = object.properties().get(name);
        }
        return Optional.of(at);
    }

    /** What becomes of fields at a full name that this schema has not. */
    Dynamic dynamicAt(String path) {
        Dynamic dynamic = root.dynamic().orElse(Dynamic.TRUE);
        Mapping at = root;
        for (String name : path.split("\\.", -1)) {
            if (!(at instanceof ObjectField object)) {
                break;
            }
            dynamic = object.dynamic().orElse(dynamic);
            at = object.properties().get(name);
        }
        return dynamic;
    }

    /**
     * This schema and another one together.
     *
     * @throws SchemaException if a field of both has another type or other options in the other one, or one's field is
     *     the other's object
     */
    public Schema merge(Schema other) {
        return new Schema(merge("", root, other.root));
    }

    private static ObjectField merge(String prefix, ObjectField mine, ObjectField theirs) {
        Map<String, Mapping> merged = new TreeMap<>(mine.properties());
        theirs.properties()
                .forEach((name, mapping) ->
                        merged.merge(name, mapping, (old, added) -> merge(prefix + name, old, added)));
        return new ObjectField(theirs.dynamic().or(mine::dynamic), new TreeMap<>(merged));
    }

    private static Mapping merge(String path, Mapping mine, Mapping theirs) {
        if (mine instanceof ObjectField myObject && theirs instanceof ObjectField theirObject) {
            return merge(path + ".", myObject, theirObject);
        }
        if (mine instanceof Field(FieldType myType, var mySubfields)
                && theirs instanceof Field(FieldType theirType, var theirSubfields)) {
            if (!myType.name().equals(theirType.name())) {
                throw cannotChange("mapper [" + path + "] cannot be changed from type [" + myType.name() + "] to ["
                        + theirType.name() + "]");
            }
            if (!myType.equals(theirType)) {
                throw cannotChange("Mapper for [" + path + "] conflicts with existing mapper: its options cannot be"
                        + " changed from [" + myType + "] to [" + theirType + "]");
            }
            SortedMap<String, FieldType> subfields = new TreeMap<>(mySubfields);
            theirSubfields.forEach((name, type) -> {
                FieldType old = subfields.putIfAbsent(name, type);
                if (old != null && !old.equals(type)) {
                    throw cannotChange("mapper [" + path + "." + name + "] cannot be changed from type [" + old.name()
                            + "] to [" + type.name() + "]");
                }
            });
            return new Field(myType, subfields);
        }
        throw cannotChange("can't merge a non object mapping [" + path + "] with an object mapping");
    }

    private static SchemaException cannotChange(String reason) {
        return new SchemaException(SchemaException.Kind.ILLEGAL_ARGUMENT, reason);
    }

    /** This schema with a field more at a full name; objects on the way are made. */
    Schema with(String path, Field field) {
        Mapping added = field;
        String[] names = path.split("\\.", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            added = ObjectField.of(Map.of(names[i], added));
        }
        return merge(new Schema((ObjectField) added));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema that && root.equals(that.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
