package io.skiff.server.rest;

import java.util.List;
import java.util.Set;

/** What to give of a document's source, as parameters of the query string say it. */
public final class SourceParameters {
    /** Their names. */
    public static final Set<String> NAMES =
            Set.of("_source", "_source_includes", "_source_excludes", "_source_exclude_vectors");

    private SourceParameters() {}

    /** What the parameters say, or {@code body} where there are none. */
    public static SourceFilter over(SourceFilter body, Request request) {
        boolean asked = NAMES.stream().anyMatch(name -> request.parameter(name).isPresent());
        return asked ? parse(request) : body;
    }

    /** What the parameters say; everything where there are none. */
    public static SourceFilter parse(Request request) {
        String source = request.parameter("_source").orElse("true");
        if (source.equals("false")) {
            return SourceFilter.NONE;
        }
        boolean everything = source.isEmpty() || source.equals("true");
        List<String> includes =
                everything ? fields(request.parameter("_source_includes").orElse("")) : fields(source);
        return new SourceFilter(
                false,
                includes,
                fields(request.parameter("_source_excludes").orElse("")),
                !request.flag("_source_exclude_vectors", true));
    }

    private static List<String> fields(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }
}
