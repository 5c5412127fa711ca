package io.skiff.server.rest;

import static io.skiff.server.rest.ServedIndex.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The endpoints beside the search, as a client sees them. */
@Timeout(60)
class RestApiTest {
    private static final Set<String> HEALTH = Set.of(
            "cluster_name",
            "status",
            "timed_out",
            "number_of_nodes",
            "number_of_data_nodes",
            "active_primary_shards",
            "active_shards",
            "relocating_shards",
            "initializing_shards",
            "unassigned_shards",
            "unassigned_primary_shards",
            "delayed_unassigned_shards",
            "number_of_pending_tasks",
            "number_of_in_flight_fetch",
            "task_max_waiting_in_queue_millis",
            "active_shards_percent_as_number");

    private static ServedIndex served;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        served = new ServedIndex(data);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void introducesItselfWithEverythingThatClientsInsistOn() throws Exception {
        JsonNode info = json(served.get("/"));
        for (String name : List.of("name", "cluster_name", "cluster_uuid", "tagline")) {
            assertTrue(info.get(name).isString(), name);
        }
        for (String name : List.of(
                "number",
                "build_flavor",
                "build_type",
                "build_hash",
                "build_date",
                "lucene_version",
                "minimum_wire_compatibility_version",
                "minimum_index_compatibility_version")) {
            assertTrue(info.get("version").get(name).isString(), name);
        }
        assertFalse(info.get("version").get("build_snapshot").booleanValue());
        assertEquals(info.get("cluster_uuid"), json(served.get("/")).get("cluster_uuid"));
    }

    @Test
    void speaksTheVersionedTypeOfItsClients() throws Exception {
        for (int version : List.of(8, 9)) {
            HttpResponse<String> response = served.send(served.to("/_cluster/health")
                    .header("Accept", "application/vnd.elasticsearch+json; compatible-with=" + version));
            assertEquals(
                    "application/vnd.elasticsearch+json;compatible-with=" + version,
                    response.headers().firstValue("Content-Type").orElse("none"));
        }
    }

    @Test
    void reportsHealth() throws Exception {
        JsonNode health = json(served.get("/_cluster/health?wait_for_status=yellow&timeout=5s"));
        assertEquals(HEALTH, new TreeSet<>(health.propertyNames()));
        assertEquals("green", health.get("status").stringValue());
        assertEquals(1, health.get("active_shards").intValue());
    }

    @Test
    void knowsWhichIndexesExist() throws Exception {
        assertEquals(200, served.send(served.to("/docs").HEAD()).statusCode());
        assertEquals(404, served.send(served.to("/nope").HEAD()).statusCode());
        JsonNode properties =
                json(served.get("/docs")).get("docs").get("mappings").get("properties");
        assertEquals("text", properties.get("text").get("type").stringValue());
        assertEquals("sparse_vector", properties.get("sv").get("type").stringValue());

        HttpResponse<String> missing = served.get("/nope");
        assertEquals(404, missing.statusCode());
        JsonNode error = json(missing).get("error");
        assertEquals("index_not_found_exception", error.get("type").stringValue());
        assertEquals("no such index [nope]", error.get("reason").stringValue());
        assertEquals("nope", error.get("resource.id").stringValue());
        assertEquals("_na_", error.get("root_cause").get(0).get("index_uuid").stringValue());
        assertTrue(json(served.get("/docs,more/_count"))
                .get("error")
                .get("reason")
                .stringValue()
                .contains("several"));
    }

    @Test
    void tellsFieldsSettingsAndHealth() throws Exception {
        String properties =
                "{\"sv\":{\"type\":\"sparse_vector\"},\"text\":{\"type\":\"text\",\"analyzer\":\"english\"}}";
        for (String path : List.of("/docs", "/docs/_mapping", "/_mapping")) {
            assertEquals(
                    properties,
                    json(served.get(path))
                            .get("docs")
                            .get("mappings")
                            .get("properties")
                            .toString(),
                    path);
        }
        assertEquals(
                "{\"docs\":{\"settings\":{\"index\":{\"number_of_shards\":\"1\",\"number_of_replicas\":\"0\","
                        + "\"blocks\":{\"read_only\":\"true\"},\"provided_name\":\"docs\"}}}}",
                served.get("/docs/_settings").body());
        assertEquals(
                "green", json(served.get("/_cat/health")).get(0).get("status").stringValue());
        assertEquals(1, json(served.get("/_cat/indices/docs")).size());
        assertEquals(
                1,
                json(served.get("/_cluster/health/docs")).get("active_shards").intValue());
        for (String path : List.of("/nope/_mapping", "/_cat/indices/nope", "/_cluster/health/nope")) {
            assertEquals(404, served.get(path).statusCode(), path);
        }
    }

    @Test
    void countsAndListsDocuments() throws Exception {
        JsonNode count = json(served.get("/docs/_count"));
        assertEquals(ServedIndex.TEXTS.size(), count.get("count").intValue());
        assertEquals(1, count.get("_shards").get("successful").intValue());

        JsonNode indices = json(served.get("/_cat/indices?format=json"));
        assertEquals(1, indices.size());
        assertEquals("docs", indices.get(0).get("index").stringValue());
        assertEquals(
                "" + ServedIndex.TEXTS.size(), indices.get(0).get("docs.count").stringValue());
        String size = indices.get(0).get("store.size").stringValue();
        assertTrue(Long.parseLong(size.substring(0, size.length() - 1)) > 100, size);
        assertEquals(400, served.get("/_cat/indices?format=yaml").statusCode());
    }

    @Test
    void tellsThePageWhatThereIsToSearch() throws Exception {
        JsonNode collection =
                json(served.get("/_skiff/collections")).get("collections").get(0);
        assertEquals("docs", collection.get("name").stringValue());
        assertEquals("text", collection.get("text_field").stringValue());
        assertEquals(ServedIndex.TEXTS.size(), collection.get("documents").intValue());
        assertEquals(2, collection.get("fields").size());
        assertTrue(collection.get("fields").toString().contains("\"encoder\":\"bm25\""), collection.toString());
    }

    @Test
    void indentsForPeople() throws Exception {
        String pretty = served.get("/docs/_count?pretty").body();
        assertTrue(pretty.lines().count() > 5 && pretty.endsWith("\n"), pretty);
    }

    @Test
    void showsThePageToABrowserOnly() throws Exception {
        HttpResponse<String> page = served.send(
                served.to("/").header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assertTrue(page.body().startsWith("<!DOCTYPE html>"), page.body());
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("Content-Type").orElse("none"));
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("none");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        HttpResponse<String> linked =
                served.send(served.to("/?q=small+boat&index=docs").header("Accept", "text/html"));
        assertEquals(page.body(), linked.body());
        assertTrue(json(served.get("/")).isObject());
    }

    @Test
    void servesWhatThePageLoadsAndNothingElse() throws Exception {
        String page = served.get("/_skiff/page/index.html").body();
        assertFalse(page.contains("http://") || page.contains("https://"), "the page loads nothing from elsewhere");
        for (String file : List.of("search.css", "search.js", "icon.svg")) {
            assertTrue(page.contains("/_skiff/page/" + file), file);
            HttpResponse<String> response = served.get("/_skiff/page/" + file);
            assertEquals(200, response.statusCode(), file);
            assertEquals(
                    "nosniff",
                    response.headers().firstValue("X-Content-Type-Options").orElse("none"));
        }
        for (String path : List.of(
                "/_skiff/page/SearchPage.class",
                "/_skiff/page/..%2Fcli%2Fversion.properties",
                "/_skiff/page/../page/search.js",
                "/_skiff/page/%2e%2e/search.js",
                "/_skiff/page/",
                "/_skiff/page//etc/passwd")) {
            int status = served.get(path).statusCode();
            assertTrue(status == 404 || status == 400, path + " answered " + status);
        }
    }
}
