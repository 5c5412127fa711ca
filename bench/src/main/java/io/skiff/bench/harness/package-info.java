/**
 * Whether one way to search is better than another: collections with judgments, several configurations, one table.
 *
 * <pre>
 * BEIR folder -> BeirCollection -> PreparedCollection (one index: words and vectors, with the queries)
 *                                        |
 *                 Configuration -> ConfiguredSearch -> QualityResult -> QualityReport, QualityPlot
 * </pre>
 *
 * <p>Imports of ours the server's collections and formats, for what is searched, and {@code io.skiff.bench.quality}, for
 * what is measured.
 */
package io.skiff.bench.harness;
