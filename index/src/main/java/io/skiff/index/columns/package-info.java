/** Typed columns of a segment, for filters and sorting. */
package io.skiff.index.columns;
