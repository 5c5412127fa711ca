/**
 * Elasticsearch's REST dialect, without a word about sockets: a {@link io.skiff.server.rest.Request} comes in, the
 * {@link io.skiff.server.rest.Router} finds its {@link io.skiff.server.rest.Endpoint}, a
 * {@link io.skiff.server.rest.Response} goes out.
 *
 * <p>Imports collections and Jackson, never Netty. {@link io.skiff.server.rest.RestApi} lists every endpoint.
 */
package io.skiff.server.rest;
