package io.skiff.server.rest;

/** Answers the requests of a route. Called by several threads at a time. */
@FunctionalInterface
public interface Endpoint {
    /**
     * The answer.
     *
     * @throws RestException if the request is at fault; what it says becomes the answer
     */
    Response answer(Request request);
}
