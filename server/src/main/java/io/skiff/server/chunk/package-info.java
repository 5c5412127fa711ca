/**
 * Long documents in an index: each chunk is a document of its own, and a search puts them together again.
 *
 * <pre>
 *   document "d1", 1,200 tokens  ->  "d1#0", "d1#1", "d1#2"    ids: {@link io.skiff.server.chunk.ChunkId}
 *                                    each stores its part of the text and a member "_chunk" that says which
 *   search for k documents       ->  the best chunk of each    {@link io.skiff.server.chunk.ChunkedSearch}
 * </pre>
 */
package io.skiff.server.chunk;
