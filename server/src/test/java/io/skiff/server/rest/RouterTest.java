package io.skiff.server.rest;

import static io.skiff.server.rest.RequestFixture.json;
import static io.skiff.server.rest.RequestFixture.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RouterTest {
    private final Router router = new Router.Builder()
            .add("GET", "/", Lane.IMMEDIATE, Set.of(), request -> named(request, "root"))
            .add("GET", "/_cluster/health", Lane.IMMEDIATE, Set.of("timeout"), request -> named(request, "health"))
            .add("GET", "/{index}", Lane.IMMEDIATE, Set.of(), request -> named(request, request.pathParameter("index")))
            .add("POST", "/{index}/_search", Lane.SEARCH, Set.of(), request -> named(request, "search"))
            .add("GET", "/{index}/_search", Lane.SEARCH, Set.of(), request -> named(request, "search"))
            .add("GET", "/broken/_defect", Lane.SEARCH, Set.of(), request -> {
                throw new IllegalStateException("secret of the house");
            })
            .add("GET", "/broken/_depth", Lane.SEARCH, Set.of(), request -> {
                throw new StackOverflowError("secret of the house");
            })
            .add("GET", "/_repository/{any}", Lane.SEARCH, Set.of(), request -> named(request, "any"))
            .add("GET", "/_repository/_status", Lane.SEARCH, Set.of(), request -> named(request, "status"))
            .add("PUT", "/_repository/{any}", Lane.SEARCH, Set.of(), request -> named(request, "put"))
            .build();

    private static Response named(Request request, String name) {
        return Response.json(request, json -> json.writeString(name));
    }

    private Response answer(String method, String path) {
        return router.route(request(method, path, Map.of(), "")).answer().get();
    }

    @Test
    void findsEndpointsByMethodAndPath() {
        assertEquals("root", json(answer("GET", "/")).stringValue());
        assertEquals("health", json(answer("GET", "/_cluster/health")).stringValue());
        assertEquals("docs", json(answer("GET", "/docs")).stringValue());
        assertEquals("docs", json(answer("HEAD", "/docs")).stringValue());
        assertEquals("search", json(answer("POST", "/docs/_search")).stringValue());
        assertEquals(
                Lane.SEARCH,
                router.route(request("POST", "/docs/_search", Map.of(), "")).lane());
    }

    @Test
    void takesANameBeforeAnyName() {
        assertEquals("status", json(answer("GET", "/_repository/_status")).stringValue());
        assertEquals("any", json(answer("GET", "/_repository/other")).stringValue());
        assertEquals("put", json(answer("PUT", "/_repository/_status")).stringValue());
        assertEquals(
                "GET, HEAD, PUT",
                answer("DELETE", "/_repository/_status").headers().get("Allow"));
    }

    @Test
    void namesTheMethodsThatAPathHas() {
        Response response = answer("DELETE", "/docs/_search");
        assertEquals(405, response.status());
        assertEquals("GET, HEAD, POST", response.headers().get("Allow"));
        assertEquals(405, json(response).get("status").intValue());
    }

    @Test
    void doesNotTakeAMisspeltEndpointForAnIndex() {
        for (String path : List.of("/_serach", "/docs/_serach", "/a/b/c")) {
            Response response = answer("GET", path);
            assertEquals(400, response.status(), path);
            JsonNode error = json(response).get("error");
            assertEquals(
                    "no handler found for uri [" + path + "] and method [GET]",
                    error.get("reason").stringValue());
            assertEquals(error.get("reason"), error.get("root_cause").get(0).get("reason"));
            assertEquals(error.get("type"), error.get("root_cause").get(0).get("type"));
        }
    }

    @Test
    void refusesParametersThatTheEndpointDoesNotKnow() {
        Request unknown = request("GET", "/_cluster/health", Map.of("timeuot", "1s"), "");
        Response response = router.route(unknown).answer().get();
        assertEquals(400, response.status());
        assertTrue(json(response).get("error").get("reason").stringValue().contains("[timeuot]"));

        Request known = request("GET", "/_cluster/health", Map.of("timeout", "1s", "pretty", ""), "");
        assertEquals(200, router.route(known).answer().get().status());
    }

    @Test
    void refusesABodyThatIsNotCalledJson() {
        Request json = request("POST", "/docs/_search", Map.of(), "{}");
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "")) {
            Request other = new Request(
                    json.method(),
                    json.uri(),
                    json.segments(),
                    Map.of(),
                    Map.of("content-type", type),
                    json.body(),
                    Map.of(),
                    new Cancellation());
            Response response = router.route(other).answer().get();
            assertEquals(406, response.status(), type);
            assertTrue(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8).contains("[" + type + "]"));
        }
        for (String type : List.of(
                "application/json",
                "Application/JSON; charset=UTF-8",
                "application/vnd.elasticsearch+json; compatible-with=8")) {
            Request same = new Request(
                    json.method(),
                    json.uri(),
                    json.segments(),
                    Map.of(),
                    Map.of("content-type", type),
                    json.body(),
                    Map.of(),
                    new Cancellation());
            assertEquals(200, router.route(same).answer().get().status(), type);
        }
    }

    @Test
    void keepsADefectToItself() {
        for (String path : List.of("/broken/_defect", "/broken/_depth")) {
            Response response = answer("GET", path);
            assertEquals(500, response.status());
            assertTrue(
                    !json(response).toString().contains("secret"),
                    json(response).toString());
        }
    }
}
