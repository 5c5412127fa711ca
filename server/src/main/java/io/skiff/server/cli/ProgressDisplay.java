package io.skiff.server.cli;

import java.io.PrintWriter;
import java.util.OptionalLong;

/** Shows on standard error how far a long piece of work is: a bar for people, lines now and then for logs. */
public interface ProgressDisplay extends AutoCloseable {
    /**
     * The work is here.
     *
     * @param position of the length that the display was started with
     * @param note what else there is to say, short: {@code 1,200 documents}
     */
    void update(long position, String note);

    @Override
    void close();

    /**
     * Starts a display.
     *
     * @param err where lines go, and who decides: a bar is drawn only where this is a terminal's standard error
     * @param task what is being done: {@code indexing}
     * @param length the position at the end, if known
     * @param unit of position and length: {@code B}, {@code files}
     */
    static ProgressDisplay start(PrintWriter err, String task, OptionalLong length, String unit) {
        return StandardError.isTerminal()
                ? new ProgressBarDisplay(task, length, unit)
                : new ProgressLines(err, task, length);
    }
}
