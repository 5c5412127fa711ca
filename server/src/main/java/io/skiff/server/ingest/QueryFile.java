package io.skiff.server.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads queries. */
public final class QueryFile {
    private static final String SINGLE_ID = "1";

    private QueryFile() {}

    /**
     * All queries of a file, plain or compressed, in its order.
     *
     * @param argument the file's path, or {@value LineReader#STANDARD_INPUT}
     * @param format their format; when empty, told by the lines
     * @param hasEncoder whether the index can encode text: what a line {@code id<TAB>words} is taken for depends on it
     * @throws BadInputException if a line is not as its format has it, or repeats the id of an earlier one
     */
    public static List<QueryRecord> read(String argument, Optional<QueryFormat> format, boolean hasEncoder)
            throws IOException {
        List<byte[]> lines = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        try (LineReader reader = LineReader.open(argument)) {
            for (Optional<byte[]> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line.get());
                locations.add(reader.location());
            }
        }
        if (lines.isEmpty()) {
            throw new BadInputException(argument, "has no query");
        }
        QueryFormat actual = format.isPresent() ? format.get() : QueryFormat.detect(lines, locations, hasEncoder);
        List<QueryRecord> queries = new ArrayList<>();
        Map<String, String> locationById = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            QueryRecord query = actual.parse(lines.get(i), locations.get(i));
            String earlier = locationById.putIfAbsent(query.id(), query.location());
            if (earlier != null) {
                throw new BadInputException(
                        query.location(), "query '" + query.id() + "' was already there at " + earlier);
            }
            queries.add(query);
        }
        return queries;
    }

    /**
     * A query given on its own, as a line of its format without the id and the tab: text for an index with an encoder, weighted or repeated tokens for one
     * without, unless the format says otherwise.
     */
    public static QueryRecord single(String text, Optional<QueryFormat> format, boolean hasEncoder)
            throws BadInputException {
        QueryFormat actual = format.orElseGet(() -> {
            if (hasEncoder) {
                return QueryFormat.TSV;
            }
            return VectorParser.isWeightedTokens(text) ? QueryFormat.WEIGHTS : QueryFormat.TOKENS;
        });
        byte[] line = (actual.isTabbed() ? SINGLE_ID + "\t" + text : text).getBytes(StandardCharsets.UTF_8);
        return actual.parse(line, "--query");
    }
}
