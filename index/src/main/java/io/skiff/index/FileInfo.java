package io.skiff.index;

/**
 * A file as the manifest knows it.
 *
 * @param kind what it holds
 * @param fileBytes its length, frame included
 * @param checksum CRC32C of its payload
 */
record FileInfo(FileKind kind, long fileBytes, int checksum) {}
