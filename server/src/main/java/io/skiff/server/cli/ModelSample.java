package io.skiff.server.cli;

import io.skiff.encoder.SparseEncoder;
import io.skiff.index.SparseVector;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model does on a sample of passages.
 *
 * @param tokensPerSecond special ones counted, padding not
 * @param meanActiveTerms tokens with a weight, on average over the passages
 */
record ModelSample(double tokensPerSecond, double meanActiveTerms) {
    /** What the strongest tokens are shown of. */
    static final String SENTENCE =
            "A skiff is a small flat-bottomed boat that one person can row or sail along the coast.";

    private static final List<String> SENTENCES = List.of(
            SENTENCE,
            "The harbor master keeps a list of every vessel that enters or leaves the port during the day.",
            "Coral reefs grow slowly in warm and shallow water, and they shelter a quarter of all known fish.",
            "Before radio, sailors found their way by the stars, a compass and a carefully kept clock.",
            "Fresh bread needs flour, water, salt, yeast and, above all, a few hours of patience.",
            "The committee published its report on river pollution after two years of measurements.",
            "A compiler translates a program into machine code and complains where the program makes no sense.",
            "In spring the mountain pass opens again, and the first buses reach the villages on the other side.");

    private static final int TEXTS = 32;
    private static final int SENTENCES_PER_TEXT = 6;
    private static final long SHORTEST_NANOS = 1_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Encodes the sample once to warm up, and then again and again for a second. */
    static ModelSample run(SparseEncoder encoder) {
        List<String> texts = texts();
        List<SparseVector> vectors = encoder.encodeDocuments(texts);
        long tokens = encoder.documentTokenCount();
        long start = System.nanoTime();
        long elapsed;
        do {
            encoder.encodeDocuments(texts);
            elapsed = System.nanoTime() - start;
        } while (elapsed < SHORTEST_NANOS);
        return new ModelSample(
                (encoder.documentTokenCount() - tokens) * NANOS_PER_SECOND / elapsed,
                vectors.stream().mapToInt(SparseVector::size).average().orElse(0));
    }

    /** Passages of six sentences, none like the other. */
    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < SENTENCES_PER_TEXT; j++) {
                text.append(SENTENCES.get((i + j * (1 + i / SENTENCES.size())) % SENTENCES.size()))
                        .append(' ');
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
