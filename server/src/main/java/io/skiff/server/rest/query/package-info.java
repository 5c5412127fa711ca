/**
 * The query language: what a query says, as {@link io.skiff.server.rest.query.Query} records, and how it is read from
 * JSON ({@link io.skiff.server.rest.query.QueryParser}). Whether an index can answer it is decided elsewhere.
 *
 * <pre>
 *   JsonReader --> QueryParser --> TextQueries, TermQueries, CompoundQueries, VectorQueries --> Query
 *                                  one method a kind of query, each refusing by name what it does not know
 * </pre>
 */
package io.skiff.server.rest.query;
