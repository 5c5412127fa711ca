/**
 * Why hits have their scores.
 *
 * <pre>
 *   a search, as it runs   {@link io.skiff.server.rest.explain.SearchTrace}   remembers how each list of hits came about:
 *                          {@link io.skiff.server.rest.explain.ScoreOrigin}   planned, fused, rescored
 *   then, for a hit        {@link io.skiff.server.rest.explain.HitExplainer}  works that out again, with every token
 *                          {@link io.skiff.server.rest.explain.ExplainedScore}
 * </pre>
 */
package io.skiff.server.rest.explain;
