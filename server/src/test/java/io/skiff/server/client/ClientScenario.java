package io.skiff.server.client;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.json.SimpleJsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an application does with Elasticsearch's Java client. Takes the server's address and gives what the client made
 * of the answers, line by line. Compiled against version 9 and run against 8 too, so it calls only what both have; what
 * differs, which is how a client is made, goes by reflection.
 */
public final class ClientScenario implements Function<String, List<String>> {
    private final List<String> said = new ArrayList<>();

    /** Something that the client does. */
    private interface Call {
        Object run() throws Exception;
    }

    private void say(String what, Call call) {
        try {
            said.add(what + ": " + call.run());
        } catch (ElasticsearchException e) {
            said.add(what + " refused: " + e.status() + " " + e.error().type());
        } catch (Exception e) {
            throw new IllegalStateException(what, e);
        }
    }

    @Override
    public List<String> apply(String address) {
        try (ElasticsearchTransport transport = transport(address)) {
            ElasticsearchClient client = new ElasticsearchClient(transport);
            meet(client);
            search(client);
            fail(client);
            return said;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Over Apache's client of version 4 with the one of 8, of version 5 with the one of 9. */
    static ElasticsearchTransport transport(String address) throws Exception {
        boolean nine = ElasticsearchClient.class.getResource(
                        "/co/elastic/clients/transport/rest5_client/Rest5ClientTransport.class")
                != null;
        String low = nine
                ? "co.elastic.clients.transport.rest5_client.low_level.Rest5Client"
                : "org.elasticsearch.client.RestClient";
        String high = nine
                ? "co.elastic.clients.transport.rest5_client.Rest5ClientTransport"
                : "co.elastic.clients.transport.rest_client.RestClientTransport";
        Class<?> host = Class.forName(nine ? "org.apache.hc.core5.http.HttpHost" : "org.apache.http.HttpHost");
        Object hosts = java.lang.reflect.Array.newInstance(host, 1);
        java.lang.reflect.Array.set(
                hosts, 0, host.getMethod("create", String.class).invoke(null, address));
        Object builder =
                Class.forName(low).getMethod("builder", hosts.getClass()).invoke(null, hosts);
        Object rest = builder.getClass().getMethod("build").invoke(builder);
        Constructor<?> constructor = Class.forName(high).getConstructor(Class.forName(low), JsonpMapper.class);
        return (ElasticsearchTransport) constructor.newInstance(rest, SimpleJsonpMapper.INSTANCE);
    }

    private void meet(ElasticsearchClient client) {
        say("ping", () -> client.ping().value());
        say("info", () -> client.info().version().number() + " " + client.info().clusterName());
        say("exists", () -> client.indices().exists(e -> e.index("docs")).value());
        say("exists not", () -> client.indices().exists(e -> e.index("nope")).value());
        say(
                "mapping",
                () -> new TreeMap<>(client.indices()
                                .getMapping(m -> m.index("docs"))
                                .get("docs")
                                .mappings()
                                .properties())
                        .entrySet().stream()
                                .map(field -> field.getKey() + "="
                                        + field.getValue()._kind().jsonValue())
                                .collect(Collectors.joining(",")));
        say(
                "health",
                () -> client.cluster().health().status() + " "
                        + client.cluster().health().activeShards());
        say("cat health", () -> client.cat().health() != null);
        say("cat indices", () -> client.cat().indices().toString().contains("\"docs.count\":\"4\""));
        say("count", () -> client.count(c -> c.index("docs")).count());
        say(
                "count query",
                () -> client.count(c -> c.index("docs")
                                .query(q -> q.match(m -> m.field("text").query("small boats"))))
                        .count());
    }

    private void search(ElasticsearchClient client) {
        say("all", () -> ids(client.search(s -> s.index("docs"), JsonData.class)));
        say(
                "match",
                () -> ids(client.search(
                        s -> s.index("docs")
                                .query(q -> q.match(m -> m.field("text").query("small boats"))),
                        JsonData.class)));
        say(
                "source",
                () -> client.search(
                                s -> s.index("docs")
                                        .source(f -> f.filter(p -> p.includes("title")))
                                        .query(q -> q.sparseVector(
                                                v -> v.field("sv").queryVector(Map.of("own1", 2f)))),
                                JsonData.class)
                        .hits()
                        .hits()
                        .getFirst()
                        .source()
                        .toJson());
        say(
                "sum",
                () -> ids(client.search(
                        s -> s.index("docs")
                                .trackTotalHits(t -> t.enabled(true))
                                .query(q -> q.bool(b -> b.should(c -> c.match(m ->
                                                m.field("text").query("sparse").boost(0.5f)))
                                        .should(c -> c.sparseVector(
                                                v -> v.field("sv").queryVector(Map.of("own3", 1f)))))),
                        JsonData.class)));
        say(
                "tokens",
                () -> ids(client.search(
                        s -> s.index("docs")
                                .query(q -> q.sparseVector(v -> v.field("sv").queryVector(Map.of("all", 1f))))
                                .size(2)
                                .from(1),
                        JsonData.class)));
        say(
                "details",
                () -> details(client.search(
                        SearchRequest.of(s -> s.index("docs").withJson(new StringReader("""
                        {"query": {"match": {"text": "small boats"}}, "size": 1, "explain": true, "profile": true,
                         "highlight": {"fields": {"text": {}}}}
                        """))), JsonData.class)));
        SearchRequest page = SearchRequest.of(s -> s.index("docs").size(1));
        say("again", () -> ids(client.search(page, JsonData.class)));
    }

    private void fail(ElasticsearchClient client) {
        say("missing index", () -> client.count(c -> c.index("nope")).count());
        say(
                "unsupported query",
                () -> client.search(
                        s -> s.index("docs")
                                .query(q -> q.term(t -> t.field("sv").value("b"))),
                        JsonData.class));
        say(
                "unknown query",
                () -> client.search(
                        s -> s.index("docs")
                                .query(q -> q.fuzzy(f -> f.field("a").value("b"))),
                        JsonData.class));
    }

    private static String details(SearchResponse<JsonData> answer) {
        Hit<JsonData> hit = answer.hits().hits().getFirst();
        return hit.explanation().description() + " "
                + hit.explanation().details().size() + " " + hit.highlight() + " "
                + answer.profile().shards();
    }

    private static String ids(SearchResponse<JsonData> answer) {
        return answer.hits().hits().stream().map(Hit::id).toList() + " of "
                + answer.hits().total().value() + " "
                + answer.hits().total().relation().jsonValue();
    }
}
