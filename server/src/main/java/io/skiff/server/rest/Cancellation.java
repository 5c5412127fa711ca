package io.skiff.server.rest;

/** Whether anybody still waits for the answer to a request; set by one thread, looked at by others. */
public final class Cancellation {
    private volatile boolean cancelled;

    /** Nobody waits any more. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether nobody waits any more. */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Ends work that nobody waits for.
     *
     * @throws RestException if so; nobody will read it, the metrics count it
     */
    public void check() {
        if (cancelled) {
            throw new RestException(499, "task_cancelled_exception", "the client has hung up");
        }
    }
}
