/**
 * Documents: written one at a time or in bulk, updated in part, got by their ids, deleted by a query.
 *
 * <pre>
 *   request --> BulkParser --> BulkAction --> BulkExecution --> {@link io.skiff.server.collection.LiveIndex} --> answer
 *                                              DocumentUpdate (what a partial document makes of the one that is there)
 * </pre>
 */
package io.skiff.server.rest.document;
