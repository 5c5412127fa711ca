package io.skiff.bench.harness;

import io.skiff.index.SparseVector;

/**
 * A query, encoded.
 *
 * @param id its id
 * @param words its vector for BM25
 * @param vector its sparse vector; empty where the collection has none
 */
record PreparedQuery(String id, SparseVector words, SparseVector vector) {}
