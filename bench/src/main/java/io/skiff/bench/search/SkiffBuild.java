package io.skiff.bench.search;

import io.skiff.index.PostingsChoice;

/**
 * How the benchmark builds Skiff's index.
 *
 * @param blockSize documents in a block, 4 or 8
 * @param postings whether impact-ordered postings are there too
 * @param threads threads that build
 */
record SkiffBuild(int blockSize, PostingsChoice postings, int threads) {}
