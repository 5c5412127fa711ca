package io.skiff.server.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.filter.FilteringParserDelegate;
import tools.jackson.core.filter.TokenFilter;

/**
 * What is given of the documents: paths of fields, dots between the levels, {@code *} for any characters.
 *
 * @param none give nothing at all
 * @param includes give only these and what is below them; everything if empty
 * @param excludes leave out these and what is below them
 * @param vectors give the fields of vectors too, which are left out otherwise
 */
public record SourceFilter(boolean none, List<String> includes, List<String> excludes, boolean vectors) {
    /** Everything but vectors. */
    public static final SourceFilter ALL = new SourceFilter(false, List.of(), List.of(), false);

    /** Nothing. */
    public static final SourceFilter NONE = new SourceFilter(true, List.of(), List.of(), false);

    /** Most patterns in one request: each is tried on each field of each hit. */
    private static final int MAX_PATTERNS = 256;

    /** Copies the lists. */
    public SourceFilter {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** By patterns. */
    public static SourceFilter of(List<String> includes, List<String> excludes) {
        return new SourceFilter(false, includes, excludes, false);
    }

    /** The same, without fields of vectors unless they were asked for, if only by a pattern. */
    public SourceFilter hiding(List<String> vectorFields) {
        if (none || vectors || !includes.isEmpty() || vectorFields.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(excludes);
        more.addAll(vectorFields);
        return of(includes, more);
    }

    /** The filter at which {@code json} stands. */
    public static SourceFilter parse(JsonReader json) {
        if (json.isBoolean()) {
            return json.bool("_source") ? ALL : NONE;
        }
        if (!json.isObject()) {
            return of(patterns(json, "_source"), List.of());
        }
        List<String> includes = new ArrayList<>();
        List<String> excludes = new ArrayList<>();
        boolean[] vectors = {false};
        json.object("_source", name -> {
            switch (name) {
                case "includes", "include" -> includes.addAll(patterns(json, "includes"));
                case "excludes", "exclude" -> excludes.addAll(patterns(json, "excludes"));
                case "exclude_vectors" -> vectors[0] = !json.bool("exclude_vectors");
                default -> throw json.unknown("_source", name, List.of("includes", "excludes", "exclude_vectors"));
            }
        });
        return new SourceFilter(false, includes, excludes, vectors[0]);
    }

    private static List<String> patterns(JsonReader json, String what) {
        if (!json.isArray()) {
            return List.of(json.string(what));
        }
        List<String> patterns = new ArrayList<>();
        json.array(what, () -> {
            if (patterns.size() == MAX_PATTERNS) {
                throw json.fail("[" + what + "] may name at most " + MAX_PATTERNS + " fields");
            }
            patterns.add(json.string(what));
        });
        return patterns;
    }

    /** Copies what passes of a source; an empty object where nothing does. */
    public void copy(byte[] source, JsonGenerator json) {
        Optional<byte[]> slices =
                json.getPrettyPrinter() == null ? SourceSlices.of(source, this::choose) : Optional.empty();
        if (slices.isPresent()) {
            Json.copy(slices.get(), json);
        } else {
            copyParsed(source, json);
        }
    }

    /** Decides on a member of the outermost object. */
    private SourceSlices.Choice choose(String name, boolean isContainer) {
        if (anyMatches(excludes, name)) {
            return SourceSlices.Choice.DROP;
        }
        boolean included = includes.isEmpty() || anyMatches(includes, name);
        if (isContainer && (anyMayMatchBelow(excludes, name) || (!included && anyMayMatchBelow(includes, name)))) {
            return SourceSlices.Choice.LOOK_INSIDE;
        }
        return included ? SourceSlices.Choice.KEEP : SourceSlices.Choice.DROP;
    }

    /** The same by a parser, which goes as deep as the patterns do. */
    void copyParsed(byte[] source, JsonGenerator json) {
        try (JsonParser parser = parser(source)) {
            if (parser.nextToken() == null) {
                json.writeStartObject();
                json.writeEndObject();
            } else {
                json.copyCurrentStructure(parser);
            }
        }
    }

    private JsonParser parser(byte[] source) {
        JsonParser plain = Json.parseSource(source);
        return includes.isEmpty() && excludes.isEmpty()
                ? plain
                : new FilteringParserDelegate(
                        plain,
                        new PathFilter("", includes.isEmpty()),
                        TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH,
                        true);
    }

    /** Stands at an object and decides on its members. */
    private final class PathFilter extends TokenFilter {
        private final String prefix;
        private final boolean included;

        PathFilter(String prefix, boolean included) {
            this.prefix = prefix;
            this.included = included;
        }

        @Override
        public TokenFilter includeProperty(String name) {
            String path = prefix + name;
            if (anyMatches(excludes, path)) {
                return null;
            }
            if (included || anyMatches(includes, path)) {
                return anyMayMatchBelow(excludes, path) ? new PathFilter(path + ".", true) : TokenFilter.INCLUDE_ALL;
            }
            return anyMayMatchBelow(includes, path) ? new PathFilter(path + ".", false) : null;
        }

        @Override
        protected boolean _includeScalar() {
            return included;
        }

        @Override
        public boolean includeEmptyObject(boolean contentsFiltered) {
            return included;
        }

        @Override
        public boolean includeEmptyArray(boolean contentsFiltered) {
            return included;
        }
    }

    private static boolean anyMatches(List<String> patterns, String path) {
        for (String pattern : patterns) {
            if (PathPattern.matches(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyMayMatchBelow(List<String> patterns, String path) {
        for (String pattern : patterns) {
            if (mayMatchBelow(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether something below {@code path} could match; a guess on the safe side. */
    private static boolean mayMatchBelow(String pattern, String path) {
        int star = pattern.indexOf('*');
        String fixed = star < 0 ? pattern : pattern.substring(0, star);
        String below = path + ".";
        return fixed.startsWith(below) || (star >= 0 && below.startsWith(fixed));
    }
}
