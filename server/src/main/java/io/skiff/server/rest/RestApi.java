package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import io.skiff.server.page.SearchPage;
import io.skiff.server.rest.search.SearchEndpoint;
import java.util.Set;

/** Every endpoint of the server, in one table. */
public final class RestApi {
    private static final Set<String> NONE = Set.of();

    private RestApi() {}

    /** The routes over some collections. */
    public static Router over(Collections collections) {
        PageEndpoint page = new PageEndpoint(SearchPage.load());
        SearchEndpoint search = new SearchEndpoint(collections);
        IndexEndpoint index = new IndexEndpoint(collections);
        CountEndpoint count = new CountEndpoint(collections);
        return new Router.Builder()
                .add("GET", "/", Lane.IMMEDIATE, RootEndpoint.PARAMETERS, new RootEndpoint(page))
                .add(
                        "GET",
                        "/_cluster/health",
                        Lane.IMMEDIATE,
                        HealthEndpoint.PARAMETERS,
                        new HealthEndpoint(collections))
                .add(
                        "GET",
                        "/_cat/indices",
                        Lane.SEARCH,
                        CatIndicesEndpoint.PARAMETERS,
                        new CatIndicesEndpoint(collections))
                .add("GET", "/_skiff/collections", Lane.IMMEDIATE, NONE, new CollectionsEndpoint(collections))
                .add("GET", "/_skiff/page/{file}", Lane.IMMEDIATE, NONE, page)
                .add("GET", "/{index}", Lane.IMMEDIATE, NONE, index)
                .add("GET", "/{index}/_count", Lane.IMMEDIATE, NONE, count)
                .add("POST", "/{index}/_count", Lane.IMMEDIATE, NONE, count)
                .add("GET", "/{index}/_search", Lane.SEARCH, SearchEndpoint.PARAMETERS, search)
                .add("POST", "/{index}/_search", Lane.SEARCH, SearchEndpoint.PARAMETERS, search)
                .build();
    }
}
