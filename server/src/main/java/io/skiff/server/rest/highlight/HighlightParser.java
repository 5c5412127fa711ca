package io.skiff.server.rest.highlight;

import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.highlight.Highlight.Options;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads {@code highlight}; its {@code fields} are an object in version 8 and a list of objects in version 9. */
public final class HighlightParser {
    private static final int MAX_FIELDS = 256;
    private static final int MAX_FRAGMENTS = 1_000;
    private static final int MAX_FRAGMENT_CHARS = 1_000_000;
    private static final int MAX_STRINGS = 64;
    private static final int MAX_STRING_CHARS = 512;
    private static final List<String> MEMBERS = List.of(
            "fields",
            "type",
            "encoder",
            "tags_schema",
            "pre_tags",
            "post_tags",
            "fragment_size",
            "number_of_fragments",
            "no_match_size",
            "max_analyzed_offset",
            "require_field_match",
            "matched_fields",
            "boundary_scanner",
            "boundary_scanner_locale",
            "order");

    /** Elasticsearch's {@code tags_schema: styled}. */
    private static final List<String> STYLED_TAGS = IntStream.rangeClosed(1, 10)
            .mapToObj(number -> "<em class=\"hlt" + number + "\">")
            .toList();

    private final JsonReader json;
    private final Map<String, Reading> fields = new LinkedHashMap<>();

    private HighlightParser(JsonReader json) {
        this.json = json;
    }

    /** Options as far as they are given. */
    private static final class Reading {
        List<String> preTags;
        List<String> postTags;
        Integer fragmentSize;
        Integer fragmentCount;
        Integer noMatchSize;
        Boolean requireFieldMatch;
        List<String> matchedFields;
        Boolean byScore;
        Boolean html;
        Integer maxOffset;

        Options over(Options defaults) {
            return new Options(
                    preTags == null ? defaults.preTags() : preTags,
                    postTags == null ? defaults.postTags() : postTags,
                    fragmentSize == null ? defaults.fragmentSize() : fragmentSize,
                    fragmentCount == null ? defaults.fragmentCount() : fragmentCount,
                    noMatchSize == null ? defaults.noMatchSize() : noMatchSize,
                    requireFieldMatch == null ? defaults.requireFieldMatch() : requireFieldMatch,
                    matchedFields == null ? defaults.matchedFields() : matchedFields,
                    byScore == null ? defaults.byScore() : byScore,
                    html == null ? defaults.html() : html,
                    maxOffset == null ? defaults.maxOffset() : maxOffset);
        }
    }

    /** Reads the object at which {@code json} stands. */
    public static Highlight parse(JsonReader json) {
        HighlightParser parser = new HighlightParser(json);
        Reading common = new Reading();
        json.object("highlight", member -> {
            if (member.equals("fields")) {
                parser.fields();
            } else {
                parser.option(common, member);
            }
        });
        if (parser.fields.isEmpty()) {
            throw json.fail("[highlight] needs [fields]");
        }
        Options defaults = common.over(Options.DEFAULT);
        Map<String, Options> fields = new LinkedHashMap<>();
        parser.fields.forEach((name, reading) -> {
            Options options = reading.over(defaults);
            if (options.preTags().size() != options.postTags().size()
                    || options.preTags().isEmpty()) {
                throw json.fail("[highlight] needs as many [post_tags] as [pre_tags], and at least one, for field ["
                        + name + "]");
            }
            fields.put(name, options);
        });
        return new Highlight(fields);
    }

    private void fields() {
        if (json.isArray()) {
            json.array("highlight.fields", this::fieldsOfObject);
        } else {
            fieldsOfObject();
        }
    }

    private void fieldsOfObject() {
        json.object("highlight.fields", name -> {
            Reading reading = new Reading();
            json.object("highlight.fields." + name, member -> option(reading, member));
            if (fields.put(name, reading) != null || fields.size() > MAX_FIELDS) {
                throw json.fail("[highlight] may name at most " + MAX_FIELDS + " fields, each once");
            }
        });
    }

    private void option(Reading reading, String member) {
        switch (member) {
            case "type" -> {
                String type = json.string("type");
                if (!type.equals("unified")) {
                    throw json.fail("[highlight] does not support [type] = [" + type + "], only [unified]");
                }
            }
            case "pre_tags" -> reading.preTags = strings("pre_tags");
            case "post_tags" -> reading.postTags = strings("post_tags");
            case "fragment_size" -> reading.fragmentSize = number(member, MAX_FRAGMENT_CHARS);
            case "number_of_fragments" -> reading.fragmentCount = number(member, MAX_FRAGMENTS);
            case "no_match_size" -> reading.noMatchSize = number(member, MAX_FRAGMENT_CHARS);
            case "max_analyzed_offset" -> reading.maxOffset = number(member, Options.LARGEST_OFFSET);
            case "matched_fields" -> reading.matchedFields = strings(member);
            case "encoder" -> reading.html = choice(member, "html", "default");
            case "tags_schema" -> {
                choice(member, "styled", "styled");
                reading.preTags = STYLED_TAGS;
                reading.postTags = Collections.nCopies(STYLED_TAGS.size(), "</em>");
            }
            case "boundary_scanner" -> choice(member, "sentence", "sentence");
            case "boundary_scanner_locale" -> json.string(member);
            case "require_field_match" -> reading.requireFieldMatch = json.bool(member);
            case "order" -> reading.byScore = choice(member, "score", "none");
            default -> throw json.unknown("highlight", member, MEMBERS);
        }
    }

    /** Whether the first of two choices is taken. */
    private boolean choice(String member, String yes, String no) {
        String choice = json.string(member);
        if (!choice.equals(yes) && !choice.equals(no)) {
            String expected = yes.equals(no) ? "[" + yes + "]" : "[" + yes + "] or [" + no + "]";
            throw json.fail("[highlight] [" + member + "] must be " + expected + ", got [" + choice + "]");
        }
        return choice.equals(yes);
    }

    private int number(String what, int max) {
        int number = json.integer(what);
        if (number < 0 || number > max) {
            throw json.fail("[" + what + "] must be in 0.." + max + ", got " + number);
        }
        return number;
    }

    private List<String> strings(String what) {
        if (!json.isArray()) {
            return List.of(string(what));
        }
        List<String> strings = new ArrayList<>();
        json.array(what, () -> {
            if (strings.size() == MAX_STRINGS) {
                throw json.fail("[" + what + "] may have at most " + MAX_STRINGS + " values");
            }
            strings.add(string(what));
        });
        return strings;
    }

    private String string(String what) {
        String value = json.string(what);
        if (value.length() > MAX_STRING_CHARS) {
            throw json.fail("[" + what + "] may have at most " + MAX_STRING_CHARS + " chars, got " + value.length());
        }
        return value;
    }
}
