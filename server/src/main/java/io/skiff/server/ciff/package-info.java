/**
 * The Common Index File Format (osirrc/ciff), read and written as a stream: a header, one list of postings per term,
 * one record per document, each a protobuf message behind its length. Term frequencies are impacts here.
 *
 * <pre>
 *   file --> CiffInput --> CiffSource --(PostingsSpill: terms to documents)--> InputRecords
 *   IndexReader --> CiffExport --> ProtoBuffer --> file
 * </pre>
 */
package io.skiff.server.ciff;
