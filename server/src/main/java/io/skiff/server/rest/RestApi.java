package io.skiff.server.rest;

import io.skiff.server.collection.Collections;
import io.skiff.server.page.SearchPage;
import io.skiff.server.rest.document.BulkEndpoint;
import io.skiff.server.rest.document.DeleteByQueryEndpoint;
import io.skiff.server.rest.document.DeleteDocumentEndpoint;
import io.skiff.server.rest.document.GetDocumentEndpoint;
import io.skiff.server.rest.document.MultiGetEndpoint;
import io.skiff.server.rest.document.PutDocumentEndpoint;
import io.skiff.server.rest.document.UpdateEndpoint;
import io.skiff.server.rest.document.WriteTargets;
import io.skiff.server.rest.index.CatIndicesEndpoint;
import io.skiff.server.rest.index.ChangeEndpoint;
import io.skiff.server.rest.index.CreateIndexEndpoint;
import io.skiff.server.rest.index.DeleteIndexEndpoint;
import io.skiff.server.rest.index.IndexEndpoint;
import io.skiff.server.rest.index.MaintenanceEndpoint;
import io.skiff.server.rest.index.NodeStatsEndpoint;
import io.skiff.server.rest.inference.InferenceEndpoint;
import io.skiff.server.rest.inference.ModelListEndpoint;
import io.skiff.server.rest.inference.ModelNameEndpoint;
import io.skiff.server.rest.inference.ModelRemovalEndpoint;
import io.skiff.server.rest.query.QueryLimits;
import io.skiff.server.rest.search.CountEndpoint;
import io.skiff.server.rest.search.MultiSearchEndpoint;
import io.skiff.server.rest.search.SearchEndpoint;
import io.skiff.server.rest.snapshot.RepositoryEndpoints;
import io.skiff.server.rest.snapshot.SnapshotEndpoints;
import io.skiff.server.security.Scope;
import java.util.Set;

/** Every endpoint of the server, in one table. */
public final class RestApi {
    private static final Set<String> NONE = Set.of();

    private RestApi() {}

    /** The routes over some collections. */
    public static Router.Builder over(Collections collections, QueryLimits limits, WriteOptions writes) {
        Router.Builder routes = reading(collections, limits);
        addIndexes(routes, collections);
        WriteTargets targets = new WriteTargets(collections, writes.autoCreateIndex());
        addDocuments(routes, collections, targets);
        routes.add(
                "POST",
                "/{index}/_delete_by_query",
                Lane.WRITE,
                Scope.WRITE,
                DeleteByQueryEndpoint.PARAMETERS,
                new DeleteByQueryEndpoint(targets, limits));
        addModels(routes, collections);
        addSnapshots(routes, collections, writes);
        return routes;
    }

    private static void addIndexes(Router.Builder routes, Collections collections) {
        Set<String> changes = ChangeEndpoint.PARAMETERS;
        ChangeEndpoint mapping = ChangeEndpoint.ofMapping(collections);
        ChangeEndpoint settings = ChangeEndpoint.ofSettings(collections);
        MaintenanceEndpoint refresh = MaintenanceEndpoint.refresh(collections);
        MaintenanceEndpoint flush = MaintenanceEndpoint.flush(collections);
        MaintenanceEndpoint merge = MaintenanceEndpoint.merge(collections);
        Set<String> maintenance = MaintenanceEndpoint.PARAMETERS;
        Set<String> merging = MaintenanceEndpoint.MERGE_PARAMETERS;
        CreateIndexEndpoint create = new CreateIndexEndpoint(collections);
        DeleteIndexEndpoint delete = new DeleteIndexEndpoint(collections);
        routes.add("PUT", "/{index}", Lane.WRITE, Scope.WRITE, CreateIndexEndpoint.PARAMETERS, create)
                .add("DELETE", "/{index}", Lane.WRITE, Scope.WRITE, DeleteIndexEndpoint.PARAMETERS, delete)
                .add("PUT", "/{index}/_mapping", Lane.WRITE, Scope.WRITE, changes, mapping)
                .add("POST", "/{index}/_mapping", Lane.WRITE, Scope.WRITE, changes, mapping)
                .add("PUT", "/{index}/_settings", Lane.WRITE, Scope.WRITE, changes, settings)
                .add("GET", "/_refresh", Lane.WRITE, Scope.WRITE, maintenance, refresh)
                .add("POST", "/_refresh", Lane.WRITE, Scope.WRITE, maintenance, refresh)
                .add("GET", "/{index}/_refresh", Lane.WRITE, Scope.WRITE, maintenance, refresh)
                .add("POST", "/{index}/_refresh", Lane.WRITE, Scope.WRITE, maintenance, refresh)
                .add("POST", "/_flush", Lane.WRITE, Scope.WRITE, maintenance, flush)
                .add("POST", "/{index}/_flush", Lane.WRITE, Scope.WRITE, maintenance, flush)
                .add("POST", "/_forcemerge", Lane.WRITE, Scope.WRITE, merging, merge)
                .add("POST", "/{index}/_forcemerge", Lane.WRITE, Scope.WRITE, merging, merge)
                .add("GET", "/_nodes/stats", Lane.SEARCH, NONE, new NodeStatsEndpoint(collections));
    }

    private static void addDocuments(Router.Builder routes, Collections collections, WriteTargets targets) {
        PutDocumentEndpoint put = new PutDocumentEndpoint(targets, false);
        PutDocumentEndpoint create = new PutDocumentEndpoint(targets, true);
        BulkEndpoint bulk = new BulkEndpoint(targets);
        MultiGetEndpoint multiGet = new MultiGetEndpoint(collections);
        Set<String> putting = PutDocumentEndpoint.PARAMETERS;
        Set<String> getting = GetDocumentEndpoint.PARAMETERS;
        Set<String> bulks = BulkEndpoint.PARAMETERS;
        routes.add("PUT", "/{index}/_doc/{id}", Lane.WRITE, Scope.WRITE, putting, put)
                .add("POST", "/{index}/_doc/{id}", Lane.WRITE, Scope.WRITE, putting, put)
                .add("POST", "/{index}/_doc", Lane.WRITE, Scope.WRITE, putting, put)
                .add("PUT", "/{index}/_create/{id}", Lane.WRITE, Scope.WRITE, putting, create)
                .add("POST", "/{index}/_create/{id}", Lane.WRITE, Scope.WRITE, putting, create)
                .add("GET", "/{index}/_doc/{id}", Lane.SEARCH, getting, new GetDocumentEndpoint(collections, false))
                .add("GET", "/{index}/_source/{id}", Lane.SEARCH, getting, new GetDocumentEndpoint(collections, true))
                .add(
                        "DELETE",
                        "/{index}/_doc/{id}",
                        Lane.WRITE,
                        Scope.WRITE,
                        DeleteDocumentEndpoint.PARAMETERS,
                        new DeleteDocumentEndpoint(targets))
                .add(
                        "POST",
                        "/{index}/_update/{id}",
                        Lane.WRITE,
                        Scope.WRITE,
                        UpdateEndpoint.PARAMETERS,
                        new UpdateEndpoint(targets))
                .add("GET", "/_mget", Lane.SEARCH, getting, multiGet)
                .add("POST", "/_mget", Lane.SEARCH, getting, multiGet)
                .add("GET", "/{index}/_mget", Lane.SEARCH, getting, multiGet)
                .add("POST", "/{index}/_mget", Lane.SEARCH, getting, multiGet)
                .add("POST", "/_bulk", Lane.WRITE, Scope.WRITE, bulks, bulk)
                .add("PUT", "/_bulk", Lane.WRITE, Scope.WRITE, bulks, bulk)
                .add("POST", "/{index}/_bulk", Lane.WRITE, Scope.WRITE, bulks, bulk)
                .add("PUT", "/{index}/_bulk", Lane.WRITE, Scope.WRITE, bulks, bulk);
    }

    private static void addModels(Router.Builder routes, Collections collections) {
        String one = "/_inference/sparse_embedding/{name}";
        ModelListEndpoint list = new ModelListEndpoint(collections);
        InferenceEndpoint infer = new InferenceEndpoint(collections);
        ModelRemovalEndpoint remove = new ModelRemovalEndpoint(collections);
        Set<String> inferring = InferenceEndpoint.PARAMETERS;
        Set<String> removing = ModelRemovalEndpoint.PARAMETERS;
        routes.add(
                        "PUT",
                        one,
                        Lane.WRITE,
                        Scope.WRITE,
                        ModelNameEndpoint.PARAMETERS,
                        new ModelNameEndpoint(collections))
                .add("GET", one, Lane.IMMEDIATE, NONE, list)
                .add("GET", "/_inference/{name}", Lane.IMMEDIATE, NONE, list)
                .add("GET", "/_inference", Lane.IMMEDIATE, NONE, list)
                .add("DELETE", one, Lane.WRITE, Scope.WRITE, removing, remove)
                .add("DELETE", "/_inference/{name}", Lane.WRITE, Scope.WRITE, removing, remove)
                .add("POST", one, Lane.SEARCH, inferring, infer)
                .add("POST", "/_inference/{name}", Lane.SEARCH, inferring, infer);
    }

    private static void addSnapshots(Router.Builder routes, Collections collections, WriteOptions writes) {
        RepositoryEndpoints repositories = new RepositoryEndpoints(collections, writes.snapshotFolder());
        SnapshotEndpoints snapshots = new SnapshotEndpoints(collections, writes.snapshotFolder());
        Set<String> parameters = SnapshotEndpoints.PARAMETERS;
        String repository = "/_snapshot/{repository}";
        String snapshot = "/_snapshot/{repository}/{snapshot}";
        routes.add("PUT", repository, Lane.WRITE, Scope.WRITE, parameters, repositories::put)
                .add("POST", repository, Lane.WRITE, Scope.WRITE, parameters, repositories::put)
                .add("GET", repository, Lane.SEARCH, parameters, repositories::get)
                .add("GET", "/_snapshot", Lane.SEARCH, parameters, repositories::get)
                .add("DELETE", repository, Lane.WRITE, Scope.WRITE, parameters, repositories::delete)
                .add("PUT", snapshot, Lane.WRITE, Scope.WRITE, parameters, snapshots::create)
                .add("POST", snapshot, Lane.WRITE, Scope.WRITE, parameters, snapshots::create)
                .add("GET", snapshot, Lane.SEARCH, parameters, snapshots::get)
                .add("DELETE", snapshot, Lane.WRITE, Scope.WRITE, parameters, snapshots::delete)
                .add("POST", snapshot + "/_restore", Lane.WRITE, Scope.WRITE, parameters, snapshots::restore);
    }

    private static Router.Builder reading(Collections collections, QueryLimits limits) {
        PageEndpoint page = new PageEndpoint(SearchPage.load());
        SearchEndpoint search = new SearchEndpoint(collections, limits);
        MultiSearchEndpoint multiSearch = new MultiSearchEndpoint(collections, limits);
        HealthEndpoint health = new HealthEndpoint(collections);
        CatIndicesEndpoint catIndices = new CatIndicesEndpoint(collections);
        IndexEndpoint index = new IndexEndpoint(collections, IndexEndpoint.Part.EVERYTHING);
        IndexEndpoint mapping = new IndexEndpoint(collections, IndexEndpoint.Part.MAPPINGS);
        IndexEndpoint settings = new IndexEndpoint(collections, IndexEndpoint.Part.SETTINGS);
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
                .add("GET", "/_mapping", Lane.IMMEDIATE, IndexEndpoint.PARAMETERS, mapping)
                .add("GET", "/_msearch", Lane.SEARCH, MultiSearchEndpoint.PARAMETERS, multiSearch)
                .add("POST", "/_msearch", Lane.SEARCH, MultiSearchEndpoint.PARAMETERS, multiSearch)
                .add("GET", "/_skiff/collections", Lane.IMMEDIATE, NONE, new CollectionsEndpoint(collections))
                .add("GET", "/_skiff/page/{file}", Lane.IMMEDIATE, NONE, page)
                .add("GET", "/{index}", Lane.IMMEDIATE, IndexEndpoint.PARAMETERS, index)
                .add("GET", "/{index}/_mapping", Lane.IMMEDIATE, IndexEndpoint.PARAMETERS, mapping)
                .add("GET", "/{index}/_settings", Lane.IMMEDIATE, IndexEndpoint.PARAMETERS, settings)
                .add("GET", "/{index}/_msearch", Lane.SEARCH, MultiSearchEndpoint.PARAMETERS, multiSearch)
                .add("POST", "/{index}/_msearch", Lane.SEARCH, MultiSearchEndpoint.PARAMETERS, multiSearch)
                .add("GET", "/{index}/_count", Lane.SEARCH, NONE, count)
                .add("POST", "/{index}/_count", Lane.SEARCH, NONE, count)
                .add("GET", "/{index}/_search", Lane.SEARCH, SearchEndpoint.PARAMETERS, search)
                .add("POST", "/{index}/_search", Lane.SEARCH, SearchEndpoint.PARAMETERS, search);
    }
}
