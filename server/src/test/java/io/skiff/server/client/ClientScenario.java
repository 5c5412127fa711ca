package io.skiff.server.client;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An application that reads. */
public final class ClientScenario extends Scenario {
    @Override
    void play(ElasticsearchClient client) throws Exception {
        meet(client);
        search(client);
        fail(client);
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
