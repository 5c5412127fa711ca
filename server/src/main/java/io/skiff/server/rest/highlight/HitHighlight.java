package io.skiff.server.rest.highlight;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * What is shown of a hit.
 *
 * @param fragments tagged, by the name of the field; of fields without any, none
 * @param texts the words of each text of each field, by its name
 * @param expansions tokens that did something for the score and stand in no text, the one that did most first
 * @param notes why a field that was asked for is not shown, in words
 */
public record HitHighlight(
        Map<String, List<String>> fragments,
        Map<String, List<MarkedText>> texts,
        List<Expansion> expansions,
        List<String> notes) {
    private static final int BYTES_PER_WORD = 256;

    /** A text of a field, with the words found in all of it and the passages chosen. */
    record MarkedText(List<Word> words, List<Passage> passages) {}

    /**
     * A token that stands in no text of the document.
     *
     * @param score what it did for the document's score
     * @param share of what all tokens did
     * @param words the words that it came from, as far as the encoder can say
     */
    record Expansion(String field, String token, double score, double share, List<Origin> words) {}

    /** A word of a member of the source, from offset {@code start} to {@code end} of its text {@code value}. */
    record Origin(String member, int value, int start, int end, String word) {}

    /** Copies the collections. */
    public HitHighlight {
        fragments = Collections.unmodifiableMap(new LinkedHashMap<>(fragments));
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        expansions = List.copyOf(expansions);
        notes = List.copyOf(notes);
    }

    /** Writes the member {@code highlight}, as Elasticsearch does, if there is something. */
    public void write(JsonGenerator json) {
        if (fragments.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("highlight");
        fragments.forEach((field, ofField) -> {
            json.writeArrayPropertyStart(field);
            ofField.forEach(json::writeString);
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    /** Bytes that it takes in an answer, about. */
    public long size(boolean withWords) {
        long size = (long) BYTES_PER_WORD * expansions.size();
        for (List<String> ofField : fragments.values()) {
            size += ofField.stream().mapToLong(String::length).sum();
        }
        if (withWords) {
            for (List<MarkedText> ofField : texts.values()) {
                size += BYTES_PER_WORD
                        * ofField.stream()
                                .mapToLong(text -> text.words().size())
                                .sum();
            }
        }
        return size;
    }

    /** Whether there is something that Elasticsearch does not have. */
    public boolean hasExtras(boolean withWords) {
        return !expansions.isEmpty() || !notes.isEmpty() || (withWords && !texts.isEmpty());
    }

    /**
     * Writes what Elasticsearch does not have as members of the object under way.
     *
     * @param withWords whether every word found is written, with what it did
     */
    public void writeExtras(JsonGenerator json, boolean withWords) {
        if (withWords && !texts.isEmpty()) {
            writeTexts(json);
        }
        if (!expansions.isEmpty()) {
            json.writeArrayPropertyStart("expansions");
            expansions.forEach(expansion -> write(json, expansion));
            json.writeEndArray();
        }
        if (!notes.isEmpty()) {
            json.writeArrayPropertyStart("notes");
            notes.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private void writeTexts(JsonGenerator json) {
        json.writeObjectPropertyStart("words");
        texts.forEach((field, marked) -> {
            json.writeArrayPropertyStart(field);
            marked.forEach(text -> write(json, text));
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, MarkedText text) {
        json.writeStartObject();
        json.writeArrayPropertyStart("passages");
        for (Passage passage : text.passages()) {
            json.writeStartObject();
            writeRange(json, passage.start(), passage.end());
            json.writeNumberProperty("score", passage.score());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("words");
        for (Word word : text.words()) {
            json.writeStartObject();
            writeRange(json, word.start(), word.end());
            json.writeNumberProperty("score", word.score());
            json.writeArrayPropertyStart("tokens");
            for (Word.Token token : word.tokens()) {
                json.writeStartObject();
                json.writeStringProperty("field", token.field());
                json.writeStringProperty("token", token.token());
                json.writeNumberProperty("score", token.score());
                json.writeBooleanProperty("expansion", token.expansion());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Expansion expansion) {
        json.writeStartObject();
        json.writeStringProperty("field", expansion.field());
        json.writeStringProperty("token", expansion.token());
        json.writeNumberProperty("score", expansion.score());
        json.writeNumberProperty("share", expansion.share());
        json.writeArrayPropertyStart("words");
        for (Origin origin : expansion.words()) {
            json.writeStartObject();
            json.writeStringProperty("member", origin.member());
            json.writeNumberProperty("value", origin.value());
            writeRange(json, origin.start(), origin.end());
            json.writeStringProperty("word", origin.word());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeRange(JsonGenerator json, int start, int end) {
        json.writeNumberProperty("start", start);
        json.writeNumberProperty("end", end);
    }
}
