package io.skiff.server.rest.document;

import io.skiff.server.collection.Collections;
import io.skiff.server.collection.IndexSettings;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Indices;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.index.CreateIndexEndpoint;
import io.skiff.server.schema.Schema;
import java.util.Optional;

/** The indexes that writes go to, made with the first document where there is none and that is allowed. */
public final class WriteTargets {
    private final Collections collections;
    private final boolean autoCreate;

    /**
     * Over some collections.
     *
     * @param autoCreate whether to make what is missing: Elasticsearch's {@code action.auto_create_index}
     */
    public WriteTargets(Collections collections, boolean autoCreate) {
        this.collections = collections;
        this.autoCreate = autoCreate;
    }

    Collections collections() {
        return collections;
    }

    /**
     * The index of that name, made if need be.
     *
     * @throws RestException if it cannot be had, or is only read
     */
    LiveIndex orCreate(String name) {
        while (true) {
            Optional<LiveIndex> live = collections.live(name);
            if (live.isPresent()) {
                return live.get();
            }
            if (collections.names().contains(name)) {
                return Indices.requireLive(collections, name);
            }
            CreateIndexEndpoint.requireName(name);
            if (!autoCreate) {
                throw new RestException(
                                404,
                                "index_not_found_exception",
                                "no such index [" + name + "] and [action.auto_create_index] is [false]")
                        .with("index_uuid", "_na_")
                        .with("index", name);
            }
            try {
                return CreateIndexEndpoint.create(collections, name, IndexSettings.DEFAULT, Schema.EMPTY);
            } catch (RestException e) {
                if (!collections.names().contains(name)) {
                    throw e;
                }
                // Somebody else was faster.
            }
        }
    }

    /**
     * The index of that name.
     *
     * @throws RestException if there is none, or it is only read
     */
    LiveIndex require(String name) {
        return Indices.requireLive(collections, name);
    }
}
