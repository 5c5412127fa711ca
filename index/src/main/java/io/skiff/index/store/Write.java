package io.skiff.index.store;

import io.skiff.index.InvalidDocumentException;
import io.skiff.index.Limits;
import java.util.Objects;

/** A change that is asked for. */
public sealed interface Write {
    /** The external id: not empty, at most {@link Limits#MAX_ID_BYTES} bytes of UTF-8. */
    String id();

    /** What must hold for the change to happen. */
    Condition condition();

    /**
     * Stores a document in place of the one of that id, if there is one.
     *
     * @param source what is given back, at most {@link Limits#MAX_SOURCE_BYTES} bytes
     * @param derived what segments are built from where the source does not say it, in the caller's own encoding; at
     *     most {@link Limits#MAX_SOURCE_BYTES} bytes, empty if there is nothing
     */
    record Put(String id, byte[] source, byte[] derived, Condition condition) implements Write {
        private static final byte[] NOTHING = new byte[0];

        /** Refuses what cannot be stored; the bytes are the caller's to leave alone. */
        public Put {
            StoredId.encode(id);
            requireSize(id, "source", source);
            requireSize(id, "derived data", derived);
            Objects.requireNonNull(condition, "condition");
        }

        /** Of a source, whatever was there before. */
        public static Put of(String id, byte[] source) {
            return new Put(id, source, NOTHING, Condition.ALWAYS);
        }

        private static void requireSize(String id, String what, byte[] bytes) {
            if (bytes.length > Limits.MAX_SOURCE_BYTES) {
                throw new InvalidDocumentException("document '" + id + "': its " + what + " has " + bytes.length
                        + " bytes, the limit is " + Limits.MAX_SOURCE_BYTES);
            }
        }
    }

    /** Removes a document. */
    record Delete(String id, Condition condition) implements Write {
        /** Refuses an id that cannot be. */
        public Delete {
            StoredId.encode(id);
            Objects.requireNonNull(condition, "condition");
        }

        /** Whatever is there. */
        public static Delete of(String id) {
            return new Delete(id, Condition.ALWAYS);
        }
    }
}
