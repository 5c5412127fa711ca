package io.skiff.index.live;

import io.skiff.index.store.Condition;
import java.util.Objects;

/** A change of a live index that is asked for. */
public sealed interface LiveWrite {
    /** The external id. */
    String id();

    /** What must hold for the change to happen. */
    Condition condition();

    /** Adds a document, in place of the one of that id if there is one. */
    record Put(LiveDocument document, Condition condition) implements LiveWrite {
        /** Refuses what is missing. */
        public Put {
            Objects.requireNonNull(document, "document");
            Objects.requireNonNull(condition, "condition");
        }

        /** Whatever was there before. */
        public static Put of(LiveDocument document) {
            return new Put(document, Condition.ALWAYS);
        }

        @Override
        public String id() {
            return document.id();
        }
    }

    /** The same as {@link Put}, of a document that was packed before. */
    record PutPacked(PackedDocument document, Condition condition) implements LiveWrite {
        /** Refuses what is missing. */
        public PutPacked {
            Objects.requireNonNull(document, "document");
            Objects.requireNonNull(condition, "condition");
        }

        @Override
        public String id() {
            return document.id();
        }
    }

    /** Removes a document. */
    record Delete(String id, Condition condition) implements LiveWrite {
        /** Refuses what is missing. */
        public Delete {
            Objects.requireNonNull(condition, "condition");
        }

        /** Whatever is there. */
        public static Delete of(String id) {
            return new Delete(id, Condition.ALWAYS);
        }
    }
}
