package io.skiff.server.rest.document;

import io.skiff.server.rest.Request;
import io.skiff.server.rest.SourceFilter;
import java.util.List;
import java.util.Set;

/** What to give of a document's source, as parameters of the query string say it. */
final class SourceParameters {
    static final Set<String> NAMES =
            Set.of("_source", "_source_includes", "_source_excludes", "_source_exclude_vectors");

    private SourceParameters() {}

    static SourceFilter parse(Request request) {
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
                !WriteParameters.flag(request, "_source_exclude_vectors", true));
    }

    private static List<String> fields(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }
}
