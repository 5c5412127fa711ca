package io.skiff.index;

/**
 * Whether a segment gets impact-ordered postings beside its block-max structures. They are the fastest way to score
 * everything, and a second copy of all postings. A segment without block-max structures has them always.
 */
public enum PostingsChoice {
    /** With them. */
    ALWAYS,
    /** Without them where there are block-max structures. */
    NEVER,
    /** With them below {@value #AUTO_DOCUMENTS} documents, where scoring everything often wins and space matters less. */
    AUTO;

    /** Documents from which {@link #AUTO} leaves them out. */
    public static final int AUTO_DOCUMENTS = 200_000;

    boolean isWanted(int documentCount, boolean hasBlockMax) {
        return !hasBlockMax
                || switch (this) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO -> documentCount < AUTO_DOCUMENTS;
                };
    }
}
