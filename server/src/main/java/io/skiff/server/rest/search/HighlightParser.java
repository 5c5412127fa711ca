package io.skiff.server.rest.search;

import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.search.Highlight.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code highlight}; its {@code fields} are an object in version 8 and a list of objects in version 9. */
final class HighlightParser {
    private static final int MAX_FIELDS = 256;
    private static final int MAX_FRAGMENTS = 1_000;
    private static final int MAX_FRAGMENT_CHARS = 1_000_000;
    private static final List<String> MEMBERS = List.of(
            "fields",
            "type",
            "pre_tags",
            "post_tags",
            "fragment_size",
            "number_of_fragments",
            "require_field_match",
            "order");

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
        Boolean requireFieldMatch;
        Boolean byScore;

        Options over(Options defaults) {
            return new Options(
                    preTags == null ? defaults.preTags() : preTags,
                    postTags == null ? defaults.postTags() : postTags,
                    fragmentSize == null ? defaults.fragmentSize() : fragmentSize,
                    fragmentCount == null ? defaults.fragmentCount() : fragmentCount,
                    requireFieldMatch == null ? defaults.requireFieldMatch() : requireFieldMatch,
                    byScore == null ? defaults.byScore() : byScore);
        }
    }

    static Highlight parse(JsonReader json) {
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
            case "require_field_match" -> reading.requireFieldMatch = json.bool(member);
            case "order" -> reading.byScore = byScore();
            default -> throw json.unknown("highlight", member, MEMBERS);
        }
    }

    private boolean byScore() {
        String order = json.string("order");
        return switch (order) {
            case "score" -> true;
            case "none" -> false;
            default -> throw json.fail("[highlight] [order] must be [score] or [none], got [" + order + "]");
        };
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
            return List.of(json.string(what));
        }
        List<String> strings = new ArrayList<>();
        json.array(what, () -> strings.add(json.string(what)));
        return strings;
    }
}
