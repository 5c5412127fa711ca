/**
 * Copies of live indexes in a folder, and indexes made of them again. Imports the collections; nothing of REST.
 *
 * <pre>
 *   REPOSITORY/SNAPSHOT/snapshot.json       what it holds
 *                       indices/NAME/...    each index as {@link io.skiff.server.collection.LiveIndex#snapshotTo} copies it
 * </pre>
 *
 * <p>A snapshot is made under a name that begins with a dot and gets its own when it is whole.
 */
package io.skiff.server.snapshot;
