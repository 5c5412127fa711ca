package io.skiff.server.schema;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What stands under a name in a mapping. */
public sealed interface Mapping {
    /**
     * A field.
     *
     * @param type of its values
     * @param subfields the same values once more, each under {@code FIELD.NAME} with a type of its own
     */
    record Field(FieldType type, SortedMap<String, FieldType> subfields) implements Mapping {
        /** Copies the map. */
        public Field {
            subfields = Collections.unmodifiableSortedMap(new TreeMap<>(subfields));
        }

        /** Without subfields. */
        public static Field of(FieldType type) {
            return new Field(type, Collections.emptySortedMap());
        }
    }

    /**
     * An object, whose fields are those of the document under a longer name.
     *
     * @param dynamic what becomes of fields that it has not; as in the object around it if empty
     */
    record ObjectField(Optional<Dynamic> dynamic, SortedMap<String, Mapping> properties) implements Mapping {
        /** Copies the map. */
        public ObjectField {
            properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        }

        /** Of properties. */
        public static ObjectField of(Map<String, Mapping> properties) {
            return new ObjectField(Optional.empty(), new TreeMap<>(properties));
        }
    }

    /** What becomes of fields that a mapping has not. */
    enum Dynamic {
        /** They are added, with a type that suits their first value. */
        TRUE,
        /** They stay in the source alone. */
        FALSE,
        /** Their document is refused. */
        STRICT
    }
}
