package io.skiff.server.rest;

import io.skiff.server.page.SearchPage;
import java.util.Map;

/** {@code GET /_skiff/page/{file}}: the files of the search page. */
final class PageEndpoint implements Endpoint {
    private final SearchPage page;

    PageEndpoint(SearchPage page) {
        this.page = page;
    }

    @Override
    public Response answer(Request request) {
        return file(request.pathParameter("file"));
    }

    /** The page itself. */
    Response start() {
        return file(SearchPage.START);
    }

    private Response file(String name) {
        SearchPage.File file = page.file(name)
                .orElseThrow(() -> new RestException(
                        404, "resource_not_found_exception", "the search page has no file [" + name + "]"));
        return new Response(
                200,
                file.mediaType(),
                Map.of(
                        "Content-Security-Policy", SearchPage.CONTENT_SECURITY_POLICY,
                        "Cache-Control", "no-cache",
                        "Referrer-Policy", "no-referrer",
                        "Vary", "Accept"),
                file.bytes());
    }
}
