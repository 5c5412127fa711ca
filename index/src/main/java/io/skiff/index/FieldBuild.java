package io.skiff.index;

import java.nio.charset.StandardCharsets;
import org.agrona.collections.Object2IntHashMap;

/** A field while its index is built: its tokens and what calibration needs to know of its weights. */
final class FieldBuild {
    /** What {@link #term} returns for a token that was never added. */
    static final int UNKNOWN = -1;

    private final String name;
    private final FieldOptions options;
    private final Object2IntHashMap<String> terms = new Object2IntHashMap<>(UNKNOWN);
    private long documentCount;
    private long postingCount;
    private float largestWeight;
    private boolean wholeWeights = true;

    FieldBuild(String name, FieldOptions options) {
        this.name = name;
        this.options = options;
    }

    String name() {
        return name;
    }

    byte[] nameBytes() {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** The number of a token, or {@link #UNKNOWN}. */
    int term(String token) {
        return terms.getValue(token);
    }

    /** The tokens and their numbers. */
    Object2IntHashMap<String> terms() {
        return terms;
    }

    void addDocument() {
        documentCount++;
    }

    /** A document whose weights need no look, since the scale is fixed. */
    void addDocument(int postings) {
        documentCount++;
        postingCount += postings;
    }

    /** Takes note of a posting's weight. */
    void addWeight(float weight) {
        postingCount++;
        largestWeight = Math.max(largestWeight, weight);
        wholeWeights &= weight >= 1 && weight <= Limits.MAX_IMPACT && weight == (int) weight;
    }

    /** The scale as it was asked for, or calibrated over the weights so far. */
    Quantizer quantizer() {
        return options.quantizer()
                .orElseGet(() -> wholeWeights ? Quantizer.IDENTITY : Quantizer.forLargestWeight(largestWeight));
    }

    /** What the manifest is to know of the field. */
    FieldInfo info(long saturatedCount) {
        return new FieldInfo(name, quantizer(), options.attributes(), documentCount, postingCount, saturatedCount);
    }
}
