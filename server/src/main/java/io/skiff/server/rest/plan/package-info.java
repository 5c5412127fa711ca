/**
 * What a query comes to on an index, and how it is carried out where the engine's search alone does not answer it.
 *
 * <pre>
 *   Query --> QueryPlanner --> ScoreNode --> LinearPlan --> QueryPlan
 *             (QueryFields, FieldValues, DateMath)          Uniform | Scored: one search of the engine | Combined
 *   ScoreNode --> NodeScorer: every document's score, window by window
 *   DocumentSet --> SetEvaluator --> one bit a document of a segment
 * </pre>
 */
package io.skiff.server.rest.plan;
