package io.skiff.server.rest.search;

import java.util.List;
import java.util.Map;

/**
 * What to show of the texts of hits.
 *
 * @param fields by name, in the order asked for
 */
record Highlight(Map<String, Options> fields) {
    /**
     * How to show a field.
     *
     * @param preTags what to put before a word found, by how well it fits; one or more
     * @param postTags what to put behind it, as many
     * @param fragmentSize characters of a fragment, about; 0 for the whole text
     * @param fragmentCount most fragments; 0 for the whole text
     * @param requireFieldMatch show words that the query looks for in this field only
     * @param byScore the best fragments first, rather than in their order
     */
    record Options(
            List<String> preTags,
            List<String> postTags,
            int fragmentSize,
            int fragmentCount,
            boolean requireFieldMatch,
            boolean byScore) {
        static final Options DEFAULT = new Options(List.of("<em>"), List.of("</em>"), 100, 5, true, false);

        Options {
            preTags = List.copyOf(preTags);
            postTags = List.copyOf(postTags);
        }
    }

    Highlight {
        fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
    }
}
