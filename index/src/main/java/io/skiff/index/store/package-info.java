/**
 * The document store of a live index, which is its write-ahead log as well: what is acknowledged here is never lost,
 * and segments are derived from it.
 *
 * <p>{@link io.skiff.index.store.DocumentStore} takes {@link io.skiff.index.store.Write}s from any number of threads
 * and gives each a sequence number. One thread commits them in groups, so that writers who come at the same time share
 * one fsync. Segments that know up to which number they were built are brought up to date by
 * {@link io.skiff.index.store.DocumentStore#replay}.
 *
 * <pre>
 *   write(List) --> GroupCommit --> WriteGroup --> RocksDB       ids:       id -> sequence number, term, version
 *      ^   waits for its group         |                         documents: sequence number -> the document
 *      +-------------------------------+                         state:     last number, term, live documents
 * </pre>
 *
 * <p>Documents lie by sequence number, not by id: keys then only ever grow, so RocksDB moves its files down its levels
 * instead of merging them, and a replay is one scan. An overwritten document's old entry is removed by the same batch.
 */
package io.skiff.index.store;
