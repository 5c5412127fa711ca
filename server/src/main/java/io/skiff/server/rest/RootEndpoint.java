package io.skiff.server.rest;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.util.Version;
import tools.jackson.core.JsonGenerator;

/** {@code GET /}: who answers here; the search page for a browser. */
public final class RootEndpoint implements Endpoint {
    /** What the page writes into its address, so that a link to a search works. */
    static final Set<String> PARAMETERS = Set.of("q", "index", "mode");

    /** The release of Elasticsearch whose dialect is spoken: what clients look at to know what they may ask. */
    public static final String DIALECT = "9.5.2";

    private static final String SKIFF_VERSION = Optional.ofNullable(
                    RootEndpoint.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final String clusterId = UUID.randomUUID().toString();
    private final PageEndpoint page;

    RootEndpoint(PageEndpoint page) {
        this.page = page;
    }

    @Override
    public Response answer(Request request) {
        return MediaTypes.prefersHtml(request)
                ? page.start()
                : Response.json(request, 200, Map.of("Vary", "Accept"), this::write);
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", "skiff");
        json.writeStringProperty("cluster_name", "skiff");
        json.writeStringProperty("cluster_uuid", clusterId);
        json.writeObjectPropertyStart("version");
        json.writeStringProperty("number", DIALECT);
        json.writeStringProperty("distribution", "skiff");
        json.writeStringProperty("skiff", SKIFF_VERSION);
        json.writeStringProperty("build_flavor", "default");
        json.writeStringProperty("build_type", "tar");
        json.writeStringProperty("build_hash", "unknown");
        json.writeStringProperty("build_date", "1970-01-01T00:00:00Z");
        json.writeBooleanProperty("build_snapshot", false);
        json.writeStringProperty("lucene_version", Version.LATEST.toString());
        json.writeStringProperty("minimum_wire_compatibility_version", "8.19.0");
        json.writeStringProperty("minimum_index_compatibility_version", "8.0.0");
        json.writeEndObject();
        json.writeStringProperty("tagline", "Skiff: learned sparse retrieval on the JVM");
        json.writeEndObject();
    }
}
