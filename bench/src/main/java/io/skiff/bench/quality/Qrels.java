package io.skiff.bench.quality;

import io.skiff.server.ingest.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Relevance judgments: by query, the grade of each judged document. A grade of 0 is judged and not relevant, a negative
 * one counts as not judged.
 */
public record Qrels(Map<String, Map<String, Integer>> grades) {
    /**
     * Reads judgments in BEIR's format ({@code query-id<TAB>corpus-id<TAB>score} with that header line) or in TREC's
     * ({@code qid 0 docid grade}); the first line tells which.
     *
     * @throws BadInputException naming file and line if one is malformed or judges a document again
     */
    public static Qrels read(Path file) throws IOException {
        Map<String, Map<String, Integer>> grades = new HashMap<>();
        try (NumberedLines lines = NumberedLines.open(file)) {
            String line = lines.next();
            boolean beir = line != null && line.split("\t", -1).length == 3;
            if (beir && line.endsWith("\tscore")) {
                line = lines.next();
            }
            for (; line != null; line = lines.next()) {
                if (beir) {
                    String[] columns = columns(lines, line.split("\t", -1), 3, "query-id<TAB>corpus-id<TAB>score");
                    add(grades, lines, columns[0], columns[1], columns[2]);
                } else {
                    String[] columns = columns(
                            lines,
                            line.strip().split("\\s+"),
                            4,
                            "'qid 0 docid grade', or the three of BEIR with tabs");
                    add(grades, lines, columns[0], columns[2], columns[3]);
                }
            }
        }
        if (grades.isEmpty()) {
            throw new BadInputException(file.toString(), "there are no judgments in it");
        }
        return new Qrels(grades);
    }

    private static String[] columns(NumberedLines lines, String[] columns, int count, String expected)
            throws BadInputException {
        if (columns.length != count) {
            throw lines.problem("expected " + count + " columns, " + expected + ", got " + columns.length);
        }
        return columns;
    }

    private static void add(
            Map<String, Map<String, Integer>> grades, NumberedLines lines, String query, String document, String text)
            throws BadInputException {
        int grade;
        try {
            grade = Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw lines.problem("expected a whole number as the grade, got '" + text + "'");
        }
        if (grades.computeIfAbsent(query, q -> new HashMap<>()).putIfAbsent(document, grade) != null) {
            throw lines.problem("document '" + document + "' is judged a second time for query '" + query + "'");
        }
    }
}
