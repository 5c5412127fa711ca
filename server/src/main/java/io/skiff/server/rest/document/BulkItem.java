package io.skiff.server.rest.document;

import io.skiff.index.store.Revision;
import io.skiff.index.store.WriteResult;
import io.skiff.server.rest.RestException;

/** What became of an action of a bulk request. */
sealed interface BulkItem {
    /** It was carried out. */
    record Done(WriteResult.Done done) implements BulkItem {}

    /** An update would have changed nothing. */
    record Nothing(Revision current) implements BulkItem {}

    /** It failed, the others did not for it. */
    record Failed(RestException failure) implements BulkItem {}
}
