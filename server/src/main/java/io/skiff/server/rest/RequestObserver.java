package io.skiff.server.rest;

/** Told of each answer. Called by several threads at a time. */
@FunctionalInterface
public interface RequestObserver {
    /** Does nothing. */
    RequestObserver NONE = (route, request, status, nanos) -> {};

    /**
     * A request was answered.
     *
     * @param route method and template, such as {@code GET /{index}/_search}; never what a client made up
     * @param status of HTTP
     * @param nanos that the endpoint took
     */
    void answered(String route, Request request, int status, long nanos);

    /** Tells this one, then the other. */
    default RequestObserver and(RequestObserver other) {
        return (route, request, status, nanos) -> {
            answered(route, request, status, nanos);
            other.answered(route, request, status, nanos);
        };
    }
}
