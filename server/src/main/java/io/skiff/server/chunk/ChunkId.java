package io.skiff.server.chunk;

/**
 * The external id of a chunk, {@code DOCUMENT#NUMBER}. In an index of chunks every id is of this kind, so that none can be
 * mistaken, whatever the documents' own ids look like.
 *
 * @param document the id of the document
 * @param number the chunk's place in it, from 0
 */
public record ChunkId(String document, int number) {
    private static final char SEPARATOR = '#';

    /**
     * Takes an id apart.
     *
     * @throws IllegalArgumentException if it is no chunk's
     */
    public static ChunkId parse(String externalId) {
        int separator = externalId.lastIndexOf(SEPARATOR);
        try {
            return new ChunkId(
                    externalId.substring(0, Math.max(0, separator)),
                    Integer.parseUnsignedInt(externalId, separator + 1, externalId.length(), 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + externalId + "' is no chunk's id, which ends in " + SEPARATOR + " and a number", e);
        }
    }

    /** The id in the index. */
    @Override
    public String toString() {
        return document + SEPARATOR + number;
    }
}
