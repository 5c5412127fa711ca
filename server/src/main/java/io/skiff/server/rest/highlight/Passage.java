package io.skiff.server.rest.highlight;

import java.util.List;

/**
 * A part of a text.
 *
 * @param value which one of the field's texts it is of, from 0
 * @param start offset of its first {@code char} in that text
 * @param end offset behind its last {@code char}
 * @param score what the different tokens in it did for the document's score
 * @param words those inside it
 */
record Passage(int value, int start, int end, double score, List<Word> words) {
    Passage {
        words = List.copyOf(words);
    }

    boolean overlaps(Passage other) {
        return value == other.value && start < other.end && other.start < end;
    }
}
