package io.skiff.server.cli;

import io.skiff.index.SegmentReader;
import io.skiff.scoring.Explanation;
import io.skiff.scoring.Hit;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.explain.QueryTokens;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints hits for people: rank, score, id, and the start of the document. */
final class HitPrinter {
    private static final int SNIPPET_CHARS = 100;

    private final Collection collection;
    private final PrintWriter out;

    HitPrinter(Collection collection, PrintWriter out) {
        this.collection = collection;
        this.out = out;
    }

    /**
     * Prints the hits of a query.
     *
     * @param explanations one per hit, or none
     * @param silent tokens of the query that search for nothing
     */
    void print(List<Hit> hits, List<Explanation> explanations, QueryTokens silent) {
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            SegmentReader segment = collection.reader().segments().get(hit.segment());
            String id = collection.documentId(hit);
            String place = collection
                    .chunk(hit)
                    .map(chunk -> "[" + chunk.start() + "-" + chunk.end() + "] ")
                    .orElse("");
            String snippet = place + Snippet.of(segment.source(hit.docId()), SNIPPET_CHARS);
            out.println(String.format(Locale.ROOT, "%4d  %10s  %-10s  %s", i + 1, score(hit.score()), id, snippet)
                    .stripTrailing());
            if (!explanations.isEmpty()) {
                print(explanations.get(i));
            }
        }
        if (hits.isEmpty()) {
            out.println("no hits");
        }
        print("no document has", silent.unknown());
        print("pruned", silent.pruned());
    }

    private void print(String what, List<QueryTokens.FieldToken> tokens) {
        if (!tokens.isEmpty()) {
            out.println("      " + what + ": "
                    + tokens.stream()
                            .map(token -> token.field() + ":" + token.token())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void print(Explanation explanation) {
        explanation.tokens().stream()
                .filter(token -> token.score() > 0)
                .sorted(Comparator.comparingDouble(Explanation.Contribution::score)
                        .reversed())
                .forEach(token -> out.printf(
                        Locale.ROOT,
                        "      %10s  = %s x %s%s  %s:%s%n",
                        score(token.score()),
                        score(token.queryWeight()),
                        score(token.documentWeight()),
                        token.documentWeight() == token.impact() ? "" : " (impact " + token.impact() + ")",
                        token.field(),
                        token.token()));
    }

    private static String score(double score) {
        return score == Math.rint(score) ? TrecRun.score(score) : String.format(Locale.ROOT, "%.4f", score);
    }
}
