package io.skiff.server.rest.highlight;

import io.skiff.encoder.AnalyzedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text that a field of a document was encoded from, put together again from the source: the member of the field's
 * name, or title and text as an input file has them.
 *
 * @param text all of it
 * @param parts where in it each text of the source stands, in its order
 */
record EncodedText(String text, List<Part> parts) {
    /** The field that holds what input files have as title and text. */
    private static final String TEXT_FIELD = "text";

    private static final String TITLE = "title";
    private static final List<String> BODIES = List.of("text", "contents", "content");

    /**
     * A text of the source.
     *
     * @param member the path of its member
     * @param value which one of the member's texts, from 0
     * @param start offset of its first {@code char} in the whole
     * @param end offset behind its last
     */
    record Part(String member, int value, int start, int end) {}

    /** Where in the source something stands. */
    record Place(String member, int value, int start, int end) {}

    EncodedText {
        parts = List.copyOf(parts);
    }

    /**
     * What a field was encoded from.
     *
     * @param titleIsField whether the index has a field of its own for titles, so that they are in no other
     */
    static EncodedText of(String field, SourceTexts source, boolean titleIsField) {
        boolean ownMember = !source.at(field).isEmpty();
        List<String> members = new ArrayList<>();
        boolean withTitle = field.equals(TEXT_FIELD) || !ownMember;
        if (withTitle && !titleIsField && !source.isFurtherChunk() && !field.equals(TITLE)) {
            members.add(TITLE);
        }
        if (ownMember) {
            members.add(field);
        } else {
            BODIES.stream()
                    .filter(body -> !source.at(body).isEmpty())
                    .findFirst()
                    .ifPresent(members::add);
        }
        return joined(members, source);
    }

    /** Of one member alone. */
    static EncodedText ofMember(String member, SourceTexts source) {
        return joined(List.of(member), source);
    }

    private static EncodedText joined(List<String> members, SourceTexts source) {
        StringBuilder text = new StringBuilder();
        List<Part> parts = new ArrayList<>();
        for (String member : members) {
            List<String> values = source.at(member);
            for (int value = 0; value < values.size(); value++) {
                if (values.get(value).isEmpty()) {
                    continue;
                }
                text.append(text.isEmpty() ? "" : " ");
                int start = text.length();
                text.append(values.get(value));
                parts.add(new Part(member, value, start, text.length()));
            }
        }
        return new EncodedText(text.toString(), parts);
    }

    boolean has(String member) {
        return parts.stream().anyMatch(part -> part.member().equals(member));
    }

    /** Where in the source a token stands; nowhere if it is in more than one text. */
    Optional<Place> place(AnalyzedToken token) {
        for (Part part : parts) {
            if (part.start() <= token.start() && token.end() <= part.end()) {
                return Optional.of(new Place(
                        part.member(), part.value(), token.start() - part.start(), token.end() - part.start()));
            }
        }
        return Optional.empty();
    }
}
