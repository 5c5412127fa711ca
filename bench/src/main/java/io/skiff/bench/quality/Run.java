package io.skiff.bench.quality;

import io.skiff.server.ingest.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The result of a system: by query, the ids of the documents that it retrieved, best first.
 *
 * @param name for people
 * @param rankings by query id
 */
public record Run(String name, Map<String, List<String>> rankings) {
    private record Line(String document, float score, int number) {}

    /**
     * trec_eval's order, whatever the file's: scores descending as {@code float}, equal ones by id descending, in the
     * order of C's {@code strcmp}, that is of bytes.
     */
    private static final Comparator<Line> TREC_ORDER = Comparator.comparingDouble(Line::score)
            .thenComparing(line -> line.document.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
            .reversed();

    /**
     * Reads a TREC run, {@code qid Q0 docid rank score tag}. As in trec_eval the rank is ignored, and what stands behind
     * the tag.
     *
     * @throws BadInputException naming file and line if one is malformed or retrieves a document again
     */
    public static Run read(Path file) throws IOException {
        Map<String, List<Line>> hits = new HashMap<>();
        Map<String, List<String>> rankings;
        try (NumberedLines lines = NumberedLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                // Not a regular expression: runs have millions of lines.
                StringTokenizer columns = new StringTokenizer(line);
                if (columns.countTokens() < 6) {
                    throw lines.problem(
                            "expected 6 columns, 'qid Q0 docid rank score tag', got " + columns.countTokens());
                }
                String query = columns.nextToken();
                columns.nextToken();
                String document = columns.nextToken();
                columns.nextToken();
                float score = score(lines, columns.nextToken());
                hits.computeIfAbsent(query, q -> new ArrayList<>()).add(new Line(document, score, lines.number()));
            }
            rankings = HashMap.newHashMap(hits.size());
            for (Map.Entry<String, List<Line>> entry : hits.entrySet()) {
                rankings.put(entry.getKey(), ranking(lines, entry.getKey(), entry.getValue()));
            }
        }
        return new Run(file.getFileName().toString(), rankings);
    }

    private static float score(NumberedLines lines, String text) throws BadInputException {
        float score;
        try {
            // By way of double, as trec_eval; adding 0 makes -0 equal to 0.
            score = (float) Double.parseDouble(text) + 0f;
        } catch (NumberFormatException e) {
            throw lines.problem("expected a number as the score, got '" + text + "'");
        }
        if (Float.isNaN(score)) {
            throw lines.problem("expected a number as the score, got '" + text + "'");
        }
        return score;
    }

    private static List<String> ranking(NumberedLines lines, String query, List<Line> hits) throws BadInputException {
        Map<String, Integer> seen = HashMap.newHashMap(hits.size());
        for (Line hit : hits) {
            Integer first = seen.putIfAbsent(hit.document, hit.number);
            if (first != null) {
                throw lines.problem(
                        hit.number,
                        "document '" + hit.document + "' is retrieved a second time for query '" + query
                                + "', first in line " + first);
            }
        }
        hits.sort(TREC_ORDER);
        return hits.stream().map(Line::document).toList();
    }
}
