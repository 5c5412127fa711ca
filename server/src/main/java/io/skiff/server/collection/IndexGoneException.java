package io.skiff.server.collection;

/** An index was deleted, or the server is closing, while somebody used it. */
public final class IndexGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String index;

    IndexGoneException(String index) {
        super("no such index [" + index + "]", null, false, false);
        this.index = index;
    }

    /** The name of the index. */
    public String index() {
        return index;
    }
}
