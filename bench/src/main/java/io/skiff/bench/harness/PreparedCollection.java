package io.skiff.bench.harness;

import io.skiff.bench.quality.Qrels;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.FieldInfo;
import io.skiff.index.FieldStatistics;
import io.skiff.index.SparseVector;
import io.skiff.server.collection.Collection;
import io.skiff.server.ingest.BadInputException;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.QueryFile;
import io.skiff.server.ingest.QueryFormat;
import io.skiff.server.ingest.QueryRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A collection's index, opened, with its judgments and the queries that they judge.
 *
 * @param name the collection's name
 * @param collection the index
 * @param qrels the judgments
 * @param queries the judged queries, in the order of their file
 */
record PreparedCollection(String name, Collection collection, Qrels qrels, List<PreparedQuery> queries)
        implements AutoCloseable {
    /**
     * Opens an index and encodes the judged queries.
     *
     * @param model encodes the queries, where it has encoded the documents
     * @throws BadInputException if a judged query is not there, or has no vector
     */
    static PreparedCollection open(BeirCollection files, Path index, Optional<OnnxEncoder> model) throws IOException {
        Qrels qrels = Qrels.read(files.qrels());
        Collection collection = Collection.open(files.name(), index);
        try {
            return new PreparedCollection(files.name(), collection, qrels, queries(files, collection, qrels, model));
        } catch (IOException | RuntimeException e) {
            collection.close();
            throw e;
        }
    }

    private static List<PreparedQuery> queries(
            BeirCollection files, Collection collection, Qrels qrels, Optional<OnnxEncoder> model) throws IOException {
        Map<String, SparseVector> given = model.isPresent() || files.vectors().isEmpty()
                ? Map.of()
                : vectors(files.vectors().get().queries());
        List<PreparedQuery> queries = new ArrayList<>();
        TreeSet<String> missing = new TreeSet<>(qrels.grades().keySet());
        for (QueryRecord record : QueryFile.read(files.queries().toString(), Optional.of(QueryFormat.BEIR), true)) {
            if (!missing.remove(record.id())) {
                continue;
            }
            String text = ((QueryRecord.Text) record).text();
            SparseVector vector;
            if (model.isPresent()) {
                vector = model.get().encodeQuery(text, FieldStatistics.NONE);
            } else if (files.vectors().isPresent()) {
                vector = given.get(record.id());
                if (vector == null) {
                    throw new BadInputException(
                            record.location(),
                            "query '" + record.id() + "' has no vector in "
                                    + files.vectors().get().queries());
                }
            } else {
                vector = SparseVector.EMPTY;
            }
            queries.add(new PreparedQuery(record.id(), collection.encodeQuery(IndexJob.TEXT_FIELD, text), vector));
        }
        if (!missing.isEmpty()) {
            throw new BadInputException(
                    files.qrels().toString(),
                    "judges query '" + missing.first() + "', which is not in " + files.queries());
        }
        return List.copyOf(queries);
    }

    private static Map<String, SparseVector> vectors(Path file) throws IOException {
        Map<String, SparseVector> vectors = new HashMap<>();
        for (QueryRecord record : QueryFile.read(file.toString(), Optional.empty(), false)) {
            if (!(record instanceof QueryRecord.Vector query)) {
                throw new BadInputException(record.location(), "has no vector; expected sparse vectors of queries");
            }
            vectors.put(query.id(), query.vector());
        }
        return vectors;
    }

    long documentCount() {
        return collection.reader().documentCount();
    }

    /** Postings of a field for each document that has some; 0 where the index lacks the field. */
    double tokensPerDocument(String field) {
        return collection
                .reader()
                .field(field)
                .filter(info -> info.documentCount() > 0)
                .map(PreparedCollection::meanPostings)
                .orElse(0.0);
    }

    private static double meanPostings(FieldInfo field) {
        return (double) field.postingCount() / field.documentCount();
    }

    /** Tokens of a query's sparse vector, on average. */
    double vectorTokensPerQuery() {
        return queries.stream()
                .mapToInt(query -> query.vector().size())
                .average()
                .orElse(0);
    }

    /** Words of a query that the index has, on average. */
    double wordsPerQuery() {
        return queries.stream()
                .mapToInt(query -> query.words().size())
                .average()
                .orElse(0);
    }

    @Override
    public void close() {
        collection.close();
    }
}
