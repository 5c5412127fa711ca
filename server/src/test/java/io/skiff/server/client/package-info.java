/** Elasticsearch's own client, of two versions, against the server. */
package io.skiff.server.client;
