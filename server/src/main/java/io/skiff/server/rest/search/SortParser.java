package io.skiff.server.rest.search;

import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.search.SortKey.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code sort}: a field, {@code {FIELD: ORDER}}, {@code {FIELD: {options}}}, or a list of these. */
final class SortParser {
    /** Most keys: each is one more value to be read of every candidate. */
    static final int MAX_KEYS = 16;

    private static final List<String> MEMBERS = List.of("order", "mode", "missing", "unmapped_type", "format");

    private SortParser() {}

    static List<SortKey> parse(JsonReader json) {
        List<SortKey> keys = new ArrayList<>();
        if (json.isArray()) {
            json.array("sort", () -> add(json, keys));
        } else {
            add(json, keys);
        }
        return keys;
    }

    /** As the query string has it: fields with commas between them, each perhaps with {@code :asc} or {@code :desc}. */
    static List<SortKey> parse(String parameter) {
        List<SortKey> keys = new ArrayList<>();
        for (String each : parameter.split(",")) {
            int colon = each.lastIndexOf(':');
            String field = colon < 0 ? each : each.substring(0, colon);
            boolean descending = colon < 0 ? isScore(field) : descending(each.substring(colon + 1));
            keys.add(key(field, descending, Optional.empty(), SortKey.ByField.LAST, null, null));
        }
        if (keys.size() > MAX_KEYS) {
            throw RestException.illegalArgument("[sort] may have at most " + MAX_KEYS + " keys");
        }
        return keys;
    }

    private static boolean descending(String order) {
        return switch (order.toLowerCase(Locale.ROOT)) {
            case "asc" -> false;
            case "desc" -> true;
            default -> throw RestException.illegalArgument("[order] must be [asc] or [desc], got [" + order + "]");
        };
    }

    private static void add(JsonReader json, List<SortKey> keys) {
        if (!json.isObject()) {
            String field = json.string("sort");
            put(json, keys, key(field, isScore(field), Optional.empty(), SortKey.ByField.LAST, null, null));
            return;
        }
        json.object("sort", field -> put(json, keys, one(json, field)));
    }

    private static void put(JsonReader json, List<SortKey> keys, SortKey key) {
        if (keys.size() == MAX_KEYS) {
            throw json.fail("[sort] may have at most " + MAX_KEYS + " keys");
        }
        keys.add(key);
    }

    private static SortKey one(JsonReader json, String field) {
        if (!json.isObject()) {
            return key(field, order(json), Optional.empty(), SortKey.ByField.LAST, null, null);
        }
        var reading = new Object() {
            boolean descending = isScore(field);
            Optional<Mode> mode = Optional.empty();
            String missing = SortKey.ByField.LAST;
            String unmappedType;
            String format;
        };
        json.object("sort." + field, member -> {
            switch (member) {
                case "order" -> reading.descending = order(json);
                case "mode" -> reading.mode = Optional.of(mode(json));
                case "missing" -> reading.missing = json.text("missing");
                case "unmapped_type" -> reading.unmappedType = json.string("unmapped_type");
                case "format" -> reading.format = json.string("format");
                default -> throw json.unknown("sort." + field, member, MEMBERS);
            }
        });
        return key(field, reading.descending, reading.mode, reading.missing, reading.unmappedType, reading.format);
    }

    private static boolean isScore(String field) {
        return field.equals("_score");
    }

    private static SortKey key(
            String field, boolean descending, Optional<Mode> mode, String missing, String unmappedType, String format) {
        return switch (field) {
            case "_score" -> new SortKey.ByScore(descending);
            case "_doc" -> new SortKey.ByInsertion(descending);
            default -> {
                if (field.startsWith("_")) {
                    throw RestException.illegalArgument(
                            "[sort] by [" + field + "] is not supported; sort by a field, by [_score] or by [_doc]");
                }
                yield new SortKey.ByField(
                        field,
                        descending,
                        mode.orElse(descending ? Mode.MAX : Mode.MIN),
                        missing,
                        Optional.ofNullable(unmappedType),
                        Optional.ofNullable(format));
            }
        };
    }

    private static boolean order(JsonReader json) {
        String order = json.string("order");
        return switch (order.toLowerCase(Locale.ROOT)) {
            case "asc" -> false;
            case "desc" -> true;
            default -> throw json.fail("[order] must be [asc] or [desc], got [" + order + "]");
        };
    }

    private static Mode mode(JsonReader json) {
        String mode = json.string("mode");
        return switch (mode) {
            case "min" -> Mode.MIN;
            case "max" -> Mode.MAX;
            default -> throw json.fail("[mode] does not support [" + mode + "], only [min] and [max]");
        };
    }
}
