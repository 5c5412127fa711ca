/**
 * An index that is written, searched and merged at the same time, and loses no acknowledged write.
 *
 * <p>{@link io.skiff.index.live.IndexWriter} is the door. A write is durable in the document store before it is
 * acknowledged, and waits in a buffer until a refresh turns the buffer into a small segment. Small segments are merged in
 * the background. Searches run on snapshots, which no writer waits for.
 *
 * <pre>
 *   write --> DocumentStore (durable)         acquire --> IndexReader, a snapshot
 *     |                                           ^
 *     +--> WriteBuffer --refresh--> a segment --> LiveSegments --commit--> manifest: "up to change number n"
 *                                                 ^      |
 *                                                 +-merge+
 * </pre>
 *
 * <p>After a crash the store has everything; what it has beyond the manifest's number is indexed again on opening.
 */
package io.skiff.index.live;
