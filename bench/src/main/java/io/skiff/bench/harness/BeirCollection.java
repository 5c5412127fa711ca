package io.skiff.bench.harness;

import io.skiff.server.ingest.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A collection in BEIR's layout: documents, queries and judgments in one folder.
 *
 * @param name the folder's name
 * @param corpus the documents, {@code {"_id", "title", "text"}} a line
 * @param queries the queries, {@code {"_id", "text"}} a line
 * @param qrels the judgments
 * @param vectors the sparse vectors of documents and queries, where they are given
 */
record BeirCollection(String name, Path corpus, Path queries, Path qrels, Optional<Vectors> vectors) {
    private static final List<String> COMPRESSIONS = List.of("", ".gz", ".zst");
    private static final List<String> DOCUMENT_VECTORS = List.of("vectors.jsonl");
    private static final List<String> QUERY_VECTORS = List.of("query-vectors.jsonl", "query-vectors.tsv");

    /**
     * Sparse vectors of a collection.
     *
     * @param documents {@code {"id", "vector": {token: weight}}} a line
     * @param queries the same, or {@code id<TAB>token:weight ...}
     */
    record Vectors(Path documents, Path queries) {}

    /**
     * The collection in a folder.
     *
     * @param split which judgments: {@code qrels/SPLIT.tsv}
     * @param vectorsRoot a folder whose folder of the collection's name holds its vectors; where absent, or without that
     *     folder, they are looked for beside the documents
     * @throws BadInputException naming what is missing
     */
    static BeirCollection find(Path folder, String split, Optional<Path> vectorsRoot) throws BadInputException {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(folder.toString(), "is no folder; expected one in BEIR's layout");
        }
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        Path vectorsFolder = vectorsRoot
                .map(root -> root.resolve(name))
                .filter(Files::isDirectory)
                .orElse(folder);
        Optional<Path> documents = first(vectorsFolder, DOCUMENT_VECTORS);
        Optional<Path> queries = first(vectorsFolder, QUERY_VECTORS);
        if (documents.isPresent() != queries.isPresent()) {
            throw new BadInputException(
                    vectorsFolder.toString(),
                    "has " + documents.or(() -> queries).orElseThrow().getFileName() + " but no "
                            + String.join(" or ", documents.isPresent() ? QUERY_VECTORS : DOCUMENT_VECTORS)
                            + "; both are needed");
        }
        return new BeirCollection(
                name,
                required(folder, "corpus.jsonl"),
                required(folder, "queries.jsonl"),
                required(folder, "qrels/" + split + ".tsv"),
                documents.map(path -> new Vectors(path, queries.orElseThrow())));
    }

    private static Path required(Path folder, String name) throws BadInputException {
        return first(folder, List.of(name))
                .orElseThrow(() -> new BadInputException(
                        folder.toString(),
                        "has no " + name + "; expected BEIR's layout: corpus.jsonl, queries.jsonl and qrels/test.tsv,"
                                + " plain, .gz or .zst"));
    }

    private static Optional<Path> first(Path folder, List<String> names) {
        return names.stream()
                .flatMap(name -> COMPRESSIONS.stream().map(ending -> folder.resolve(name + ending)))
                .filter(Files::exists)
                .findFirst();
    }
}
