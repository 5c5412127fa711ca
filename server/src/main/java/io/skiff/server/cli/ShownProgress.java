package io.skiff.server.cli;

import io.skiff.index.BuildProgress;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.IndexProgress;
import java.util.Locale;

/** Shows how many documents are done, and how fast a model reads where one does. */
public final class ShownProgress implements IndexProgress {
    private static final double NANOS_PER_SECOND = 1e9;

    private final ProgressDisplay display;
    private final long startNanos = System.nanoTime();
    private long tokenCount;
    private String building = "";

    /** Shows it there. */
    public ShownProgress(ProgressDisplay display) {
        this.display = display;
    }

    @Override
    public void encoded(long tokens) {
        tokenCount = tokens;
    }

    @Override
    public void building(BuildProgress.Phase phase, double share) {
        building =
                String.format(Locale.ROOT, ", writing %s %.0f %%", phase.name().toLowerCase(Locale.ROOT), 100 * share);
    }

    @Override
    public void update(DocumentSource source, long documentCount) {
        String note = String.format(Locale.ROOT, "%,d documents", documentCount);
        if (tokenCount > 0) {
            double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
            note += String.format(Locale.ROOT, ", %,.0f tokens/s", tokenCount / seconds);
        }
        display.update(source.position(), note + building);
    }
}
