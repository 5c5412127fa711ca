package io.skiff.server.schema;

import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import java.util.List;
import java.util.Map;

/**
 * The values of a document by the full names of their fields.
 *
 * @param vectors of the fields of type sparse_vector
 * @param texts of the fields of type text, one or more each
 * @param semanticTexts of the fields of type semantic_text, one or more each
 * @param columns of the fields of all other types, one or more each
 * @param schema with the fields that this document adds; the very schema it was parsed under if it adds none
 */
public record ParsedDocument(
        Map<String, SparseVector> vectors,
        Map<String, List<String>> texts,
        Map<String, List<String>> semanticTexts,
        Map<String, List<ColumnValue>> columns,
        Schema schema) {}
