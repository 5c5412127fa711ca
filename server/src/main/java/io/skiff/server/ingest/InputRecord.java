package io.skiff.server.ingest;

import io.skiff.index.SparseVector;
import java.util.Optional;

/**
 * One document as an input gives it.
 *
 * @param id its external id
 * @param text what a text encoder is to encode, title and body joined; empty where there is only a vector
 * @param modelText what a model beside BM25 is to encode: the same, without what was put in for BM25
 * @param vector the vector, where the input carries one
 * @param source what to store: one JSON object in UTF-8
 * @param location where it stands, for messages: {@code corpus.jsonl:17}
 */
public record InputRecord(
        String id, String text, String modelText, Optional<SparseVector> vector, byte[] source, String location) {
    /** A document with one text for every encoder. */
    public InputRecord(String id, String text, Optional<SparseVector> vector, byte[] source, String location) {
        this(id, text, text, vector, source, location);
    }
}
