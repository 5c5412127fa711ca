package io.skiff.server.rest.highlight;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to show of the texts of hits.
 *
 * @param fields by name or pattern, in the order asked for
 */
public record Highlight(Map<String, Options> fields) {
    /**
     * How to show a field.
     *
     * @param preTags what to put before a word found, by how much it did for the score; one or more
     * @param postTags what to put behind it, as many
     * @param fragmentSize characters of a fragment, about; 0 for one sentence each
     * @param fragmentCount most fragments; 0 for the whole text
     * @param noMatchSize characters to show of the beginning where no word is found; 0 for none
     * @param requireFieldMatch show words that the query looks for in this field only
     * @param matchedFields show words that the query looks for in these fields instead; none for the field itself
     * @param byScore the best fragments first, rather than in their order
     * @param html whether what is not a tag is escaped for HTML
     * @param maxOffset chars of a text behind which nothing is looked for
     */
    public record Options(
            List<String> preTags,
            List<String> postTags,
            int fragmentSize,
            int fragmentCount,
            int noMatchSize,
            boolean requireFieldMatch,
            List<String> matchedFields,
            boolean byScore,
            boolean html,
            int maxOffset) {
        /** As far as in a text words are looked for, unless it is asked for less. */
        public static final int LARGEST_OFFSET = 1_000_000;

        /** Elasticsearch's. */
        public static final Options DEFAULT = new Options(
                List.of("<em>"), List.of("</em>"), 100, 5, 0, true, List.of(), false, false, LARGEST_OFFSET);

        /** Copies the lists. */
        public Options {
            preTags = List.copyOf(preTags);
            postTags = List.copyOf(postTags);
            matchedFields = List.copyOf(matchedFields);
        }
    }

    /** Copies the map. */
    public Highlight {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
