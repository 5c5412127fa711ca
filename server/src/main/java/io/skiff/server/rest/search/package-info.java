/**
 * {@code POST /{index}/_search}: the request as a record, its parser, the search, and the writer of the answer.
 *
 * <p>Its entrance is {@link io.skiff.server.rest.search.SearchEndpoint}.
 */
package io.skiff.server.rest.search;
