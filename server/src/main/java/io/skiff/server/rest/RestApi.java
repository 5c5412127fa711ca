package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import io.skiff.server.page.SearchPage;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.rest.search.CountEndpoint;
import io.skiff.server.rest.search.MultiSearchEndpoint;
import io.skiff.server.rest.search.SearchEndpoint;
import java.util.Set;

/** Every endpoint of the server, in one table. */
public final class RestApi {
    private static final Set<String> NONE = Set.of();

    private RestApi() {}

    /** The routes over some collections. */
    public static Router.Builder over(Collections collections, QueryLimits limits) {
        PageEndpoint page = new PageEndpoint(SearchPage.load());
        SearchEndpoint search = new SearchEndpoint(collections, limits);
        MultiSearchEndpoint multiSearch = new MultiSearchEndpoint(collections, limits);
        HealthEndpoint health = new HealthEndpoint(collections);
        CatIndicesEndpoint catIndices = new CatIndicesEndpoint(collections);
        MappingEndpoint index = new MappingEndpoint(collections, MappingEndpoint.Part.EVERYTHING);
        MappingEndpoint mapping = new MappingEndpoint(collections, MappingEndpoint.Part.MAPPINGS);
        MappingEndpoint settings = new MappingEndpoint(collections, MappingEndpoint.Part.SETTINGS);
        CountEndpoint count = new CountEndpoint(collections, limits);
        return new Router.Builder()
                .add("GET", "/", Lane.IMMEDIATE, RootEndpoint.PARAMETERS, new RootEndpoint(page))
                .add("GET", "/_cluster/health", Lane.IMMEDIATE, HealthEndpoint.PARAMETERS, health)
                .add("GET", "/_cluster/health/{index}", Lane.IMMEDIATE, HealthEndpoint.PARAMETERS, health)
                .add("GET", "/_cat/indices", Lane.SEARCH, CatIndicesEndpoint.PARAMETERS, catIndices)
                .add("GET", "/_cat/indices/{index}", Lane.SEARCH, CatIndicesEndpoint.PARAMETERS, catIndices)
                .add(
                        "GET",
                        "/_cat/health",
                        Lane.IMMEDIATE,
                        CatHealthEndpoint.PARAMETERS,
                        new CatHealthEndpoint(collections))
                .add("GET", "/_mapping", Lane.IMMEDIATE, NONE, mapping)
                .add("GET", "/_msearch", Lane.SEARCH, MultiSearchEndpoint.PARAMETERS, multiSearch)
                .add("POST", "/_msearch", Lane.SEARCH, MultiSearchEndpoint.PARAMETERS, multiSearch)
                .add("GET", "/_skiff/collections", Lane.IMMEDIATE, NONE, new CollectionsEndpoint(collections))
                .add("GET", "/_skiff/page/{file}", Lane.IMMEDIATE, NONE, page)
                .add("GET", "/{index}", Lane.IMMEDIATE, NONE, index)
                .add("GET", "/{index}/_mapping", Lane.IMMEDIATE, NONE, mapping)
                .add("GET", "/{index}/_settings", Lane.IMMEDIATE, NONE, settings)
                .add("GET", "/{index}/_msearch", Lane.SEARCH, MultiSearchEndpoint.PARAMETERS, multiSearch)
                .add("POST", "/{index}/_msearch", Lane.SEARCH, MultiSearchEndpoint.PARAMETERS, multiSearch)
                .add("GET", "/{index}/_count", Lane.SEARCH, NONE, count)
                .add("POST", "/{index}/_count", Lane.SEARCH, NONE, count)
                .add("GET", "/{index}/_search", Lane.SEARCH, SearchEndpoint.PARAMETERS, search)
                .add("POST", "/{index}/_search", Lane.SEARCH, SearchEndpoint.PARAMETERS, search);
    }
}
