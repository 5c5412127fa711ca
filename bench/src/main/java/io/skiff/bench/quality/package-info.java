/**
 * How good a ranking is, by trec_eval's definitions, and whether one is better than another.
 *
 * <pre>
 * qrels file -> Qrels --+
 *                       +-> Evaluation (per query, mean) --+-> EvalReport
 * run file   -> Run   --+             two of them -> Comparison
 * </pre>
 *
 * <p>The truth is trec_eval 9.0.4, which the tests run. Imports of ours only {@code io.skiff.server.ingest}, for its
 * error type.
 */
package io.skiff.bench.quality;
