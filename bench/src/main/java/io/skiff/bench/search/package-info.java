/**
 * Search latency, size and build speed of Skiff and Lucene over one corpus, in one JVM, with their results held
 * against each other. Imports the corpus, the engine and Lucene.
 */
package io.skiff.bench.search;
