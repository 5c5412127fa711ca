package io.skiff.server.rest;

/**
 * Whether anybody still waits for the answer to a request; set by one thread, looked at by others. And the way back to
 * who will send the answer.
 */
public final class Cancellation {
    private final Runnable wakeSender;
    private volatile boolean cancelled;

    /** Of a request whose answer nobody has to be woken for. */
    public Cancellation() {
        this(() -> {});
    }

    /** @param wakeSender wakes the thread that sends the answer, if it sleeps; returns at once */
    public Cancellation(Runnable wakeSender) {
        this.wakeSender = wakeSender;
    }

    /**
     * The answer is found, and only has to be written down: who sends it can wake up meanwhile, which takes as long where
     * processors sleep deeply.
     */
    public void answerIsNear() {
        wakeSender.run();
    }

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
