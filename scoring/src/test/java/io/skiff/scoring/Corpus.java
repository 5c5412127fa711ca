package io.skiff.scoring;

import io.skiff.index.BuildOptions;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexReader;
import io.skiff.index.Quantizer;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Documents that a test knows, to be indexed and to be searched by brute force. */
final class Corpus {
    /** Fields of whole and of fractional weights. */
    static final Map<String, Quantizer> FIELDS =
            Map.of("whole", Quantizer.IDENTITY, "body", new Quantizer(.0127f), "title", new Quantizer(.3f));

    private final List<Document> documents = new ArrayList<>();

    /** Documents of random length whose tokens {@code t0, t1, ...} grow rarer with their number. */
    static Corpus random(Random random, int documentCount, int vocabularySize) {
        Corpus corpus = new Corpus();
        boolean extremes = random.nextInt(4) == 0;
        for (int i = 0; i < documentCount; i++) {
            Map<String, SparseVector> vectors = new HashMap<>();
            vectors.put("whole", vector(random, vocabularySize, 40, u -> extremes ? (u < .5 ? 1 : 255) : skewed(u)));
            if (random.nextInt(3) > 0) {
                vectors.put("body", vector(random, vocabularySize, 30, u -> 3.3 * u * u + 1e-4));
            }
            if (random.nextInt(2) > 0) {
                vectors.put("title", vector(random, vocabularySize, 5, u -> 90 * u + 1e-3));
            }
            corpus.documents.add(new Document("d" + i, vectors, new byte[0]));
        }
        return corpus;
    }

    private static double skewed(double uniform) {
        return Math.ceil(255 * Math.pow(uniform, 4) + 1e-9);
    }

    /** A vector of at most {@code maxTokens} tokens, low numbers being likelier. */
    static SparseVector vector(Random random, int vocabularySize, int maxTokens, DoubleUnaryOperator weight) {
        Map<String, Double> weights = new LinkedHashMap<>();
        int tokenCount = random.nextInt(maxTokens + 1);
        for (int i = 0; i < tokenCount; i++) {
            int token = (int) (vocabularySize * Math.pow(random.nextDouble(), 3));
            weights.put("t" + token, weight.applyAsDouble(random.nextDouble()));
        }
        return SparseVector.of(weights);
    }

    int size() {
        return documents.size();
    }

    /** Adds a document of one field behind the others. */
    void add(String field, SparseVector vector) {
        documents.add(Document.of("d" + documents.size(), field, vector));
    }

    Document document(int ordinal) {
        return documents.get(ordinal);
    }

    /** Indexes all documents, in order. */
    IndexReader index(Path directory) throws IOException {
        return index(directory, BlockMaxOptions.DEFAULT);
    }

    /** Indexes all documents, in order, with block-max structures of a kind. */
    IndexReader index(Path directory, BlockMaxOptions blockMax) throws IOException {
        return index(directory, blockMax, 0, documents.size());
    }

    /** Indexes a run of documents. */
    IndexReader index(Path directory, BlockMaxOptions blockMax, int from, int to) throws IOException {
        return index(directory, BuildOptions.DEFAULT.withBlockMax(blockMax), from, to);
    }

    /** Indexes all documents, in order, as the options say. */
    IndexReader index(Path directory, BuildOptions build) throws IOException {
        return index(directory, build, 0, documents.size());
    }

    private IndexReader index(Path directory, BuildOptions build, int from, int to) throws IOException {
        Map<String, FieldOptions> options = new HashMap<>();
        FIELDS.forEach((field, quantizer) -> options.put(field, new FieldOptions(Optional.of(quantizer), Map.of())));
        try (IndexBuilder builder = IndexBuilder.create(directory, options, false, build)) {
            for (Document document : documents.subList(from, to)) {
                builder.add(document);
            }
            builder.commit();
        }
        return IndexReader.open(directory);
    }

    /** The integer score of every document, posting by posting from the vectors themselves. */
    long[] bruteForce(QueryPlan plan) {
        long[] scores = new long[documents.size()];
        for (int i = 0; i < scores.length; i++) {
            for (QueryPlan.Term term : plan.terms()) {
                scores[i] += (long) term.weight() * impact(i, term.field(), term.token());
            }
        }
        return scores;
    }

    /** The impact of a token in a document, 0 where it is not. */
    int impact(int document, String field, String token) {
        SparseVector vector = documents.get(document).vectors().getOrDefault(field, SparseVector.EMPTY);
        for (int i = 0; i < vector.size(); i++) {
            if (vector.token(i).equals(token)) {
                return FIELDS.get(field).impact(vector.weight(i));
            }
        }
        return 0;
    }
}
