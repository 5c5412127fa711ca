package io.skiff.server.collection;

/** There is no model of a name. */
public final class UnknownModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownModelException(String id) {
        super("Inference endpoint not found [" + id + "]", null, false, false);
    }
}
