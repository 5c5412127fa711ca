package io.skiff.index.store;

/**
 * Which change it was that made a document what it is.
 *
 * @param sequenceNumber of the change among all of this store, from 0; never given twice under one term
 * @param primaryTerm from 1; a higher one each time the store was opened and written to
 * @param version of the document, from 1, one more with each change to it
 */
public record Revision(long sequenceNumber, long primaryTerm, long version) {}
