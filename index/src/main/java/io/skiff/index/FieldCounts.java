package io.skiff.index;

/**
 * What a field has in a segment.
 *
 * @param name the field's name
 * @param documentCount documents with a posting
 * @param postingCount postings
 */
record FieldCounts(String name, long documentCount, long postingCount) {}
