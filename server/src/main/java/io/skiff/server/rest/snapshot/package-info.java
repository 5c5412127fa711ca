/** Snapshots in Elasticsearch's dialect: repositories, snapshots in them, and what is restored. */
package io.skiff.server.rest.snapshot;
