package io.skiff.index.live;

import io.skiff.index.store.Condition;
import io.skiff.index.store.Write;

/**
 * A document that an index takes, in the bytes in which it is stored: a few thousand where it was a few hundred objects.
 * Who has many to write packs each before making the next, and so has little for the collector of garbage to copy. Made by
 * {@link IndexWriter#pack}, for that writer alone.
 */
public final class PackedDocument {
    private final String id;
    private final byte[] derived;
    private final byte[] source;
    private final LiveSchema schema;

    /** Takes note of the schema that took it. */
    PackedDocument(LiveDocument document, LiveSchema schema) {
        schema.verify(document);
        this.id = document.id();
        this.derived = DerivedData.encode(document);
        this.source = document.source();
        this.schema = schema;
    }

    /** The external id. */
    public String id() {
        return id;
    }

    /**
     * What the store is to do.
     *
     * @throws IllegalArgumentException if it was packed under another schema
     */
    @SuppressWarnings("ReferenceEquality") // it is about this very one
    Write put(LiveSchema of, Condition condition) {
        if (of != schema) {
            throw new IllegalArgumentException("document '" + id + "' was packed for another index");
        }
        return new Write.Put(id, source, derived, condition);
    }
}
