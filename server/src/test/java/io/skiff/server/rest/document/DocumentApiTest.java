package io.skiff.server.rest.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.LiveServer;
import io.skiff.server.rest.LiveServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DocumentApiTest {
    private static LiveServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = new LiveServer(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertError(int status, String type, String reason, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(type, answer.at("error/type"), answer.text());
        assertTrue(answer.at("error/reason").contains(reason), answer.text());
        assertEquals(status, answer.json().get("status").intValue());
    }

    @Test
    void answersToAWriteAsElasticsearchDoes() throws Exception {
        assertEquals(
                "{\"_index\":\"w\",\"_id\":\"1\",\"_version\":1,\"result\":\"created\",\"_shards\":{\"total\":1,"
                        + "\"successful\":1,\"failed\":0},\"_seq_no\":0,\"_primary_term\":1}",
                server.send("PUT /w/_doc/1", "{'t':'hello'}").text());
        Answer updated = server.send("POST /w/_doc/1?refresh=true", "{'t':'hello world'}");
        assertEquals(200, updated.status());
        assertEquals("updated", updated.at("result"));
        assertEquals("true", updated.at("forced_refresh"));
        assertEquals("2", updated.at("_version"));
        assertEquals(
                "{\"_index\":\"w\",\"_id\":\"1\",\"_version\":2,\"_seq_no\":1,\"_primary_term\":1,\"found\":true,"
                        + "\"_source\":{\"t\":\"hello world\"}}",
                server.send("GET /w/_doc/1").text());
        Answer deleted = server.send("DELETE /w/_doc/1");
        assertEquals("deleted", deleted.at("result"));
        assertEquals(
                "{\"_index\":\"w\",\"_id\":\"1\",\"found\":false}",
                server.send("GET /w/_doc/1").text());
        assertEquals(404, server.send("GET /w/_doc/1").status());
        Answer notFound = server.send("DELETE /w/_doc/1");
        assertEquals(404, notFound.status());
        assertEquals("not_found", notFound.at("result"));
    }

    @Test
    void makesIdsWhereNoneIsGiven() throws Exception {
        Answer made = server.send("POST /ids/_doc?refresh=wait_for", "{'t':'x'}");
        assertEquals(201, made.status());
        assertEquals(20, made.at("_id").length());
        assertEquals("x", server.send("GET /ids/_source/" + made.at("_id")).at("t"));
        assertEquals(405, server.send("PUT /ids/_doc", "{}").status());
        assertEquals("1", server.send("GET /ids/_count").at("count"));
        assertEquals(
                201, server.send("PUT /ids/_doc/_a%2Fb%20%C3%BC", "{'t':'y'}").status());
        assertEquals("_a/b ü", server.send("GET /ids/_doc/_a%2Fb%20%C3%BC").at("_id"));
        assertEquals(201, server.send("PUT /ids/_doc/" + "i".repeat(512), "{}").status());
        assertError(
                400,
                "illegal_argument_exception",
                "512 bytes but was: 513",
                server.send("PUT /ids/_doc/" + "i".repeat(513), "{}"));
    }

    @Test
    void holdsConditions() throws Exception {
        Answer first = server.send("PUT /c/_create/1", "{'n':1}");
        assertEquals(201, first.status());
        assertError(
                409,
                "version_conflict_engine_exception",
                "[1]: version conflict, document already exists (current version [1])",
                server.send("POST /c/_create/1", "{'n':2}"));
        assertEquals(409, server.send("PUT /c/_doc/1?op_type=create", "{'n':2}").status());
        String seen = "?if_seq_no=" + first.at("_seq_no") + "&if_primary_term=" + first.at("_primary_term");
        assertEquals(200, server.send("PUT /c/_doc/1" + seen, "{'n':3}").status());
        assertError(
                409,
                "version_conflict_engine_exception",
                "required seqNo [0], primary term [1]. current document has seqNo [1] and primary term [1]",
                server.send("DELETE /c/_doc/1" + seen));
        assertError(
                400,
                "action_request_validation_exception",
                "primary term",
                server.send("PUT /c/_doc/1?if_seq_no=1", "{}"));
        assertError(400, "illegal_argument_exception", "[routing]", server.send("PUT /c/_doc/1?routing=a", "{}"));
        assertError(400, "parse_exception", "body is required", server.send("PUT /c/_doc/1"));
    }

    @Test
    void addsFieldsThatDocumentsBringAndRefusesWhatDoesNotFit() throws Exception {
        server.send("PUT /f/_doc/1", "{'t':'a b','n':1,'x':1.5,'b':true,'d':'2026-01-02','o':{'k':'v'}}");
        Answer mapping = server.send("GET /f/_mapping");
        assertEquals("text", mapping.at("f/mappings/properties/t/type"));
        assertEquals("keyword", mapping.at("f/mappings/properties/t/fields/keyword/type"));
        assertEquals("long", mapping.at("f/mappings/properties/n/type"));
        assertEquals("date", mapping.at("f/mappings/properties/d/type"));
        assertEquals("text", mapping.at("f/mappings/properties/o/properties/k/type"));
        Answer bad = server.send("PUT /f/_doc/2", "{'n':'many'}");
        assertError(
                400,
                "document_parsing_exception",
                "failed to parse field [n] of type [long] in document with id '2'",
                bad);
        assertEquals("number_format_exception", bad.at("error/caused_by/type"));
        assertEquals(404, server.send("GET /f/_doc/2").status());
        server.send("PUT /s", "{'mappings':{'dynamic':'strict','properties':{'a':{'type':'keyword'}}}}");
        assertError(400, "strict_dynamic_mapping_exception", "[z]", server.send("PUT /s/_doc/1", "{'z':1}"));
        assertError(400, "document_parsing_exception", "", server.send("PUT /s/_doc/1", "{'a':"));
    }

    @Test
    void givesVectorsOnlyWhenAskedTo() throws Exception {
        server.send("PUT /v", "{'mappings':{'properties':{'sv':{'type':'sparse_vector'}}}}");
        server.send("PUT /v/_doc/1?refresh=true", "{'t':'x','sv':{'cat':1.5}}");
        assertEquals("{\"t\":\"x\"}", server.send("GET /v/_source/1").text());
        assertEquals(
                "{\"t\":\"x\",\"sv\":{\"cat\":1.5}}",
                server.send("GET /v/_source/1?_source_exclude_vectors=false").text());
        String query = "'query':{'sparse_vector':{'field':'sv','query_vector':{'cat':2}}}";
        Answer hits = server.send("POST /v/_search", "{" + query + "}");
        assertEquals("1", hits.at("hits/hits/0/_id"), hits.text());
        assertEquals("{\"t\":\"x\"}", hits.json().at("/hits/hits/0/_source").toString());
        Answer all = server.send("POST /v/_search", "{" + query + ",'_source':{'exclude_vectors':false}}");
        assertEquals("1.5", all.at("hits/hits/0/_source/sv/cat"));
        assertEquals(
                "{\"sv\":{\"cat\":1.5}}",
                server.send("GET /v/_doc/1?_source=sv").json().get("_source").toString());
    }

    @Test
    void findsTextsByTheirWords() throws Exception {
        server.send(
                "PUT /t", "{'mappings':{'properties':{'e':{'type':'text','analyzer':'english'},'s':{'type':'text'}}}}");
        server.send("PUT /t/_doc/1", "{'e':'The boats','s':'The boats'}");
        assertEquals("0", server.send("GET /t/_count").at("count"), "found after a refresh");
        server.send("PUT /t/_doc/2?refresh=true", "{'e':['a ship','sails'],'s':'a ship'}");
        assertEquals("[1]", found("t", "{'match':{'e':'boat'}}"));
        assertEquals("[]", found("t", "{'match':{'s':'boat'}}"));
        assertEquals("[1]", found("t", "{'match':{'s':'BOATS'}}"));
        assertEquals("[2]", found("t", "{'match':{'e':'sailing'}}"));
        server.send("PUT /t/_doc/1?refresh=true", "{'e':'nothing'}");
        assertEquals("[]", found("t", "{'match':{'e':'boat'}}"));
    }

    private static String found(String index, String query) throws Exception {
        Answer answer = server.send("POST /" + index + "/_search", "{'query':" + query + "}");
        assertEquals(200, answer.status(), answer.text());
        StringBuilder ids = new StringBuilder("[");
        answer.json()
                .at("/hits/hits")
                .forEach(hit -> ids.append(ids.length() > 1 ? "," : "")
                        .append(hit.get("_id").stringValue()));
        return ids.append("]").toString();
    }

    @Test
    void updatesInPart() throws Exception {
        assertError(
                404,
                "document_missing_exception",
                "[1]: document missing",
                server.send("POST /u/_update/1", "{'doc':{'a':1}}"));
        Answer made = server.send("POST /u/_update/1", "{'doc':{'a':1,'o':{'x':1}},'doc_as_upsert':true}");
        assertEquals(201, made.status());
        Answer changed = server.send("POST /u/_update/1", "{'doc':{'b':2,'o':{'y':[1,2]}}}");
        assertEquals("updated", changed.at("result"));
        assertEquals(
                "{\"a\":1,\"o\":{\"x\":1,\"y\":[1,2]},\"b\":2}",
                server.send("GET /u/_source/1").text());
        Answer same = server.send("POST /u/_update/1?refresh=true", "{'doc':{'b':2}}");
        assertEquals(200, same.status());
        assertEquals("noop", same.at("result"));
        assertEquals(changed.at("_version"), same.at("_version"));
        assertEquals("0", same.at("_shards/total"));
        Answer forced = server.send("POST /u/_update/1", "{'doc':{'b':2},'detect_noop':false}");
        assertEquals("updated", forced.at("result"));
        assertEquals(
                201,
                server.send("POST /u/_update/2", "{'doc':{'a':1},'upsert':{'first':true}}")
                        .status());
        assertEquals("{\"first\":true}", server.send("GET /u/_source/2").text());
        assertEquals(
                409,
                server.send("POST /u/_update/2?if_seq_no=99&if_primary_term=1", "{'doc':{'a':1}}")
                        .status());
        assertError(400, "illegal_argument_exception", "[script]", server.send("POST /u/_update/1", "{'script':'x'}"));
        assertError(
                400, "action_request_validation_exception", "doc is missing", server.send("POST /u/_update/1", "{}"));
        assertError(400, "x_content_parse_exception", "[what]", server.send("POST /u/_update/1", "{'what':1}"));
    }

    @Test
    void deletesByQuery() throws Exception {
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < 2_500; i++) {
            bulk.append("{'index':{'_id':'")
                    .append(i)
                    .append("'}}\n{'n':")
                    .append(i)
                    .append("}\n");
        }
        server.send("POST /q/_bulk", bulk.toString());
        Answer some = server.send("POST /q/_delete_by_query?refresh=true", "{'query':{'range':{'n':{'gte':100}}}}");
        assertEquals(200, some.status(), some.text());
        assertEquals("2400", some.at("deleted"));
        assertEquals("3", some.at("batches"));
        assertEquals("100", server.send("GET /q/_count").at("count"));
        assertEquals(
                "5",
                server.send("POST /q/_delete_by_query?max_docs=5&refresh=true", "{'query':{'match_all':{}}}")
                        .at("deleted"));
        assertEquals("95", server.send("GET /q/_count").at("count"));
        assertEquals(
                "0",
                server.send("POST /q/_delete_by_query", "{'query':{'term':{'n':7000}}}")
                        .at("total"));
        assertError(
                400,
                "action_request_validation_exception",
                "query is missing",
                server.send("POST /q/_delete_by_query"));
        assertError(
                400,
                "illegal_argument_exception",
                "proceed",
                server.send("POST /q/_delete_by_query?conflicts=x", "{'query':{'match_all':{}}}"));
        assertError(
                404,
                "index_not_found_exception",
                "nope",
                server.send("POST /nope/_delete_by_query", "{'query':{'match_all':{}}}"));
    }

    @Test
    void getsSeveral() throws Exception {
        server.send("PUT /m/_doc/1", "{'t':'a','u':'b'}");
        Answer answer = server.send(
                "POST /_mget",
                "{'docs':[{'_index':'m','_id':'1','_source':['t']},{'_index':'m','_id':2},{'_index':'nope','_id':'3'}]}");
        assertEquals("{\"t\":\"a\"}", answer.json().at("/docs/0/_source").toString());
        assertEquals("false", answer.at("docs/1/found"));
        assertEquals("index_not_found_exception", answer.at("docs/2/error/type"));
        assertEquals("true", server.send("GET /m/_mget", "{'ids':['1']}").at("docs/0/found"));
        assertError(
                400, "action_request_validation_exception", "no documents", server.send("POST /m/_mget", "{'ids':[]}"));
        assertError(
                400,
                "action_request_validation_exception",
                "index is missing",
                server.send("POST /_mget", "{'ids':['1']}"));
    }
}
