/** Holds the documents to the code: the README's example runs, links lead somewhere, packages say what they are for. */
package io.skiff.bench.docs;
