/**
 * From files to an index: readers of the formats that collections come in, and the job that encodes and indexes what
 * they read.
 */
package io.skiff.server.ingest;
