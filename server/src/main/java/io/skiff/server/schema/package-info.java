/**
 * What the fields of an index are: {@link io.skiff.server.schema.FieldType}s by name in a
 * {@link io.skiff.server.schema.Schema}, read from and printed as Elasticsearch's mappings, and how a JSON document
 * becomes typed values under it ({@link io.skiff.server.schema.DocumentParser}).
 *
 * <pre>
 *   mappings JSON --> MappingParser --> Schema --> MappingWriter --> mappings JSON
 *                                         |
 *   document JSON ----------------> DocumentParser --> ParsedDocument (vectors, texts, column values, new fields)
 * </pre>
 *
 * <p>Imports the index's vectors and column values, and Jackson; nothing of REST.
 */
package io.skiff.server.schema;
