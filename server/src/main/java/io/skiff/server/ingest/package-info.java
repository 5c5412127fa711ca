/**
 * From files to an index: readers of the formats that collections and queries come in, and the job that encodes and
 * indexes what they read.
 *
 * <pre>
 *   file, folder, stdin --> LineReader --> RecordParser --> InputRecord     (LineSource, a DocumentSource)
 *                                                               |
 *                                   IndexJob: encode in batches, in order --> IndexBuilder
 *
 *   queries --> LineReader --> QueryFile --> QueryRecord
 * </pre>
 *
 * <p>Imports index and encoder; knows nothing of the command line.
 */
package io.skiff.server.ingest;
