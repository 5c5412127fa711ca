package io.skiff.index.live;

import io.skiff.index.BuildOptions;
import io.skiff.index.LiveSegments;
import io.skiff.index.MergePace;
import io.skiff.index.Quantizer;
import io.skiff.index.SegmentBuilder;
import io.skiff.index.SegmentRebuild;
import io.skiff.index.store.Change;
import io.skiff.index.store.StoreView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds all segments of a live index again from its document store, on other scales of their fields. */
final class Rescaling implements AutoCloseable {
    private final SegmentRebuild rebuild;
    private final BuildOptions options;
    private final MergePace pace;
    private long upTo = -1;

    /**
     * Starts.
     *
     * @param quantizers the new scales
     * @param pace how fast, and whether to go on
     */
    Rescaling(LiveSegments segments, Map<String, Quantizer> quantizers, BuildOptions options, MergePace pace) {
        this.rebuild = segments.rebuild(quantizers);
        this.options = options.withProgress((phase, documents, share) -> pace.beforeDocument());
        this.pace = pace;
    }

    /** The last change that was brought in, or -1. */
    long upTo() {
        return upTo;
    }

    /**
     * Brings what is built up to a moment.
     *
     * @param view the store at that moment
     * @param lastSequenceNumber of the last change that it has
     */
    void bringUpTo(StoreView view, long lastSequenceNumber) throws IOException {
        List<String> changed = new ArrayList<>();
        try (SegmentBuilder builder = rebuild.newSegment(Map.of(), options)) {
            view.replay(upTo, change -> {
                pace.beforeDocument();
                if (upTo >= 0) {
                    changed.add(change.id());
                }
                if (change instanceof Change.Stored stored) {
                    builder.add(DerivedData.decode(stored.id(), stored.derived(), stored.source())
                            .document());
                }
            });
            rebuild.append(changed, Optional.of(builder));
        } catch (IllegalArgumentException e) {
            throw new IOException("the document store is damaged: " + e.getMessage(), e);
        }
        upTo = lastSequenceNumber;
    }

    /** Puts what was built in the place of the segments that there are; nobody may append to those meanwhile. */
    void takePlace(LiveSegments segments) {
        segments.replaceAll(rebuild, upTo);
    }

    @Override
    public void close() throws IOException {
        rebuild.close();
    }
}
