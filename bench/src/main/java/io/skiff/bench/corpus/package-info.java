/**
 * The semi-synthetic corpus of the speed benchmarks: documents of realistic length and document frequencies dealt from
 * a pool of sparse vectors, and queries held out of that pool. Everything follows from a seed.
 *
 * <pre>
 *   VectorFiles | SyntheticVectors --> VectorPool --> CorpusGenerator (--> TopicShuffle) --> CorpusFile --> CorpusReader
 *                                          |
 *                                          +--> queries
 * </pre>
 */
package io.skiff.bench.corpus;
