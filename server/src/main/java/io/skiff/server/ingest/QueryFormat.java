package io.skiff.server.ingest;

import io.skiff.index.SparseVector;
import java.util.List;
import tools.jackson.core.JsonParser;

/** The formats that queries come in. */
public enum QueryFormat {
    /** {@code {"_id", "text"}}, one JSON object a line. */
    BEIR {
        @Override
        QueryRecord parse(byte[] line, String location) throws BadInputException {
            InputRecord query = new BeirRecords().parse(line, location);
            return new QueryRecord.Text(query.id(), query.text(), location);
        }
    },
    /** {@code id<TAB>text}. */
    TSV {
        @Override
        QueryRecord parse(byte[] line, String location) throws BadInputException {
            TabbedLine query = TabbedLine.parse(line, location, "text");
            return new QueryRecord.Text(query.id(), query.rest(), location);
        }
    },
    /** {@code {"id", "vector": {token: weight}}}, one JSON object a line. */
    VECTORS {
        @Override
        QueryRecord parse(byte[] line, String location) throws BadInputException {
            InputRecord query = new VectorRecords().parse(line, location);
            return new QueryRecord.Vector(query.id(), query.vector().orElseThrow(), location);
        }
    },
    /** {@code id<TAB>token:weight token:weight ...}. */
    WEIGHTS {
        @Override
        QueryRecord parse(byte[] line, String location) throws BadInputException {
            TabbedLine query = TabbedLine.parse(line, location, "token:weight ...");
            SparseVector vector = new VectorParser(location).weightedTokens(query.rest());
            return new QueryRecord.Vector(query.id(), vector, location);
        }
    },
    /** {@code id<TAB>tok tok tok}: a token's weight is how often it stands there. */
    TOKENS {
        @Override
        QueryRecord parse(byte[] line, String location) throws BadInputException {
            TabbedLine query = TabbedLine.parse(line, location, "tok tok tok");
            SparseVector vector = new VectorParser(location).repeatedTokens(query.rest());
            return new QueryRecord.Vector(query.id(), vector, location);
        }
    };

    /** Reads the query on a line. */
    abstract QueryRecord parse(byte[] line, String location) throws BadInputException;

    /** Whether a line is {@code id<TAB>query} rather than a JSON object. */
    boolean isTabbed() {
        return this != BEIR && this != VECTORS;
    }

    /**
     * Tells the format of some lines: a JSON object is a vector if it has one, else text; other lines are weighted
     * tokens if every item of every line is, else text for an index with an encoder and repeated tokens for one
     * without.
     *
     * @param lines at least one
     * @param locations where each of them stands
     * @param hasEncoder whether the index can encode text
     */
    static QueryFormat detect(List<byte[]> lines, List<String> locations, boolean hasEncoder) throws BadInputException {
        if (InputFormat.startsObject(lines.getFirst())) {
            boolean[] vector = new boolean[1];
            JsonLine.read(lines.getFirst(), locations.getFirst(), (String name, JsonParser value) -> {
                vector[0] |= name.equals("vector");
                value.skipChildren();
            });
            return vector[0] ? VECTORS : BEIR;
        }
        for (int i = 0; i < lines.size(); i++) {
            String text = LineReader.text(lines.get(i), locations.get(i));
            if (!VectorParser.isWeightedTokens(text.substring(text.indexOf('\t') + 1))) {
                return hasEncoder ? TSV : TOKENS;
            }
        }
        return WEIGHTS;
    }
}
