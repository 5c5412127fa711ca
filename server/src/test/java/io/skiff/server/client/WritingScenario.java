package io.skiff.server.client;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.json.JsonData;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An application that writes. */
public final class WritingScenario extends Scenario {
    private static final String INDEX = "books";

    @Override
    void play(ElasticsearchClient client) throws Exception {
        makeIndex(client);
        writeDocuments(client);
        writeInBulk(client);
        find(client);
        remove(client);
    }

    private void makeIndex(ElasticsearchClient client) {
        Call create = () -> client.indices()
                .create(c -> c.index(INDEX)
                        .settings(s -> s.numberOfShards("1").refreshInterval(t -> t.time("30s")))
                        .mappings(m -> m.properties("title", p -> p.text(t -> t.analyzer("english")))
                                .properties("year", p -> p.integer(i -> i))
                                .properties("sv", p -> p.sparseVector(v -> v))))
                .acknowledged();
        say("create", create);
        say("create again", create);
        say(
                "put mapping",
                () -> client.indices()
                        .putMapping(m -> m.index(INDEX).properties("tag", p -> p.keyword(k -> k)))
                        .acknowledged());
        say(
                "mapping",
                () -> new TreeMap<>(client.indices()
                                .getMapping(m -> m.index(INDEX))
                                .get(INDEX)
                                .mappings()
                                .properties())
                        .entrySet().stream()
                                .map(field -> field.getKey() + "="
                                        + field.getValue()._kind().jsonValue())
                                .collect(Collectors.joining(",")));
        say(
                "settings",
                () -> client.indices()
                        .getSettings(s -> s.index(INDEX))
                        .get(INDEX)
                        .settings()
                        .index()
                        .refreshInterval()
                        .time());
    }

    private void writeDocuments(ElasticsearchClient client) {
        JsonData book = JsonData.fromJson("{'title':'Sailing alone','year':1900,'sv':{'boat':1.5}}".replace('\'', '"'));
        say("index", () -> {
            var answer = client.index(i -> i.index(INDEX).id("1").document(book));
            return answer.result().jsonValue() + " " + answer.version() + " " + answer.seqNo();
        });
        say(
                "create document",
                () -> client.create(c -> c.index(INDEX).id("1").document(book)).result());
        say(
                "get",
                () -> client.get(g -> g.index(INDEX).id("1"), JsonData.class)
                        .source()
                        .toJson()
                        .asJsonObject()
                        .getInt("year"));
        say(
                "get not",
                () -> client.get(g -> g.index(INDEX).id("9"), JsonData.class).found());
        say("exists", () -> client.exists(e -> e.index(INDEX).id("1")).value());
        say(
                "update",
                () -> client.update(
                                u -> u.index(INDEX).id("1").doc(JsonData.fromJson("{\"tag\":\"sea\"}")), JsonData.class)
                        .result()
                        .jsonValue());
        say(
                "update to the same",
                () -> client.update(
                                u -> u.index(INDEX).id("1").doc(JsonData.fromJson("{\"tag\":\"sea\"}")), JsonData.class)
                        .result()
                        .jsonValue());
        say(
                "upsert",
                () -> client.update(
                                u -> u.index(INDEX)
                                        .id("2")
                                        .doc(JsonData.fromJson("{\"year\":1}"))
                                        .docAsUpsert(true),
                                JsonData.class)
                        .result()
                        .jsonValue());
        say(
                "stale",
                () -> client.index(i -> i.index(INDEX)
                                .id("1")
                                .ifSeqNo(0L)
                                .ifPrimaryTerm(1L)
                                .document(book))
                        .result());
        say(
                "bad document",
                () -> client.index(i -> i.index(INDEX).id("3").document(JsonData.fromJson("{\"year\":\"many\"}")))
                        .result());
    }

    private void writeInBulk(ElasticsearchClient client) {
        say("bulk", () -> {
            BulkResponse answer = client.bulk(b -> b.index(INDEX)
                    .refresh(Refresh.WaitFor)
                    .operations(o -> o.index(i -> i.id("4")
                            .document(JsonData.fromJson(
                                    "{\"title\":\"The riddle of the sands\",\"year\":1903,\"tag\":\"sea\"}"))))
                    .operations(o -> o.create(i -> i.id("1").document(JsonData.fromJson("{\"year\":2}"))))
                    .operations(o ->
                            o.update(u -> u.id("2").action(a -> a.doc(JsonData.fromJson("{\"title\":\"boats\"}")))))
                    .operations(o -> o.delete(d -> d.id("9"))));
            return answer.errors() + " "
                    + answer.items().stream().map(BulkResponseItem::status).toList();
        });
        say(
                "mget",
                () -> client.mget(m -> m.index(INDEX).ids("1", "9"), JsonData.class).docs().stream()
                        .map(doc -> doc.result().found())
                        .toList());
    }

    private void find(ElasticsearchClient client) {
        say("count", () -> client.count(c -> c.index(INDEX)).count());
        say(
                "match",
                () -> ids(client.search(
                        s -> s.index(INDEX)
                                .query(q -> q.match(m -> m.field("title").query("boat sailing"))),
                        JsonData.class)));
        say(
                "filtered",
                () -> ids(client.search(
                        s -> s.index(INDEX)
                                .query(q -> q.bool(b ->
                                        b.filter(f -> f.term(t -> t.field("tag").value("sea"))))),
                        JsonData.class)));
        say(
                "vector",
                () -> client.search(
                                s -> s.index(INDEX)
                                        .query(q -> q.sparseVector(
                                                v -> v.field("sv").queryVector(Map.of("boat", 2f)))),
                                JsonData.class)
                        .hits()
                        .hits()
                        .getFirst()
                        .source()
                        .toJson()
                        .asJsonObject()
                        .containsKey("sv"));
        say("cat", () -> client.cat().indices().toString().contains("\"docs.count\":\"3\""));
    }

    private void remove(ElasticsearchClient client) {
        say("delete", () -> client.delete(d -> d.index(INDEX).id("4")).result().jsonValue());
        say(
                "refresh",
                () -> client.indices().refresh(r -> r.index(INDEX)).shards().successful());
        say(
                "delete by query",
                () -> client.deleteByQuery(d -> d.index(INDEX)
                                .refresh(true)
                                .query(q -> q.term(t -> t.field("tag").value("sea"))))
                        .deleted());
        say("left", () -> client.count(c -> c.index(INDEX)).count());
        say(
                "force merge",
                () -> client.indices()
                        .forcemerge(f -> f.index(INDEX).maxNumSegments(1L))
                        .shards()
                        .successful());
        say("delete index", () -> client.indices().delete(d -> d.index(INDEX)).acknowledged());
        say(
                "delete index again",
                () -> client.indices().delete(d -> d.index(INDEX)).acknowledged());
    }

    private static String ids(SearchResponse<JsonData> answer) {
        return answer.hits().hits().stream().map(hit -> hit.id()).toList().toString();
    }
}
