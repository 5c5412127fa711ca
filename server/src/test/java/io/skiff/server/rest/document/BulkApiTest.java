package io.skiff.server.rest.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.LiveServer;
import io.skiff.server.rest.LiveServer.Answer;
import io.skiff.server.rest.WriteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BulkApiTest {
    private static LiveServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = new LiveServer(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersForEachActionAsElasticsearchDoes() throws Exception {
        server.send("PUT /i", "{'mappings':{'properties':{'sv':{'type':'sparse_vector'}}}}");
        Answer answer = server.send("POST /_bulk?refresh=true", """
                {'index':{'_index':'i','_id':'1'}}
                {'t':'hello','sv':{'a':1}}
                {'index':{'_index':'i','_id':'2'}}
                {'t':'x','sv':'no vector'}
                {'delete':{'_index':'i','_id':'77'}}
                {'create':{'_index':'i','_id':'1'}}
                {'t':'again'}
                """);
        assertEquals(200, answer.status(), answer.text());
        assertEquals("true", answer.at("errors"));
        String uuid = server.send("GET /i/_settings").at("i/settings/index/uuid");
        assertEquals(
                ("[{'index':{'_index':'i','_id':'1','_version':1,'result':'created','forced_refresh':true,"
                                + "'_shards':{'total':1,'successful':1,'failed':0},'_seq_no':0,'_primary_term':1,'status':201}},"
                                + "{'index':{'_index':'i','_id':'2','status':400,'error':{'type':'document_parsing_exception',"
                                + "'reason':'[1:15] failed to parse: [sparse_vector] fields must be json objects, expected a"
                                + " START_OBJECT but got: VALUE_STRING','caused_by':{'type':'illegal_argument_exception',"
                                + "'reason':'[sparse_vector] fields must be json objects, expected a START_OBJECT but got:"
                                + " VALUE_STRING'}}}},"
                                + "{'delete':{'_index':'i','_id':'77','_version':1,'result':'not_found','forced_refresh':true,"
                                + "'_shards':{'total':1,'successful':1,'failed':0},'_seq_no':1,'_primary_term':1,'status':404}},"
                                + "{'create':{'_index':'i','_id':'1','status':409,'error':{"
                                + "'type':'version_conflict_engine_exception',"
                                + "'reason':'[1]: version conflict, document already exists (current version [1])',"
                                + "'index_uuid':'" + uuid + "','shard':'0','index':'i'}}}]")
                        .replace('\'', '"'),
                answer.json().get("items").toString());
        assertEquals("1", server.send("GET /i/_count").at("count"));
    }

    @Test
    void carriesOutActionsOnOneDocumentInTheirOrder() throws Exception {
        Answer answer = server.send("POST /o/_bulk", """
                {'index':{'_id':'1'}}
                {'n':1}
                {'update':{'_id':'1'}}
                {'doc':{'m':2}}
                {'update':{'_id':'1','retry_on_conflict':3}}
                {'doc':{'m':2}}
                {'update':{'_id':'2'}}
                {'doc':{'m':2}}
                {'update':{'_id':'3'}}
                {'doc':{'m':2},'doc_as_upsert':true}
                {'delete':{'_id':'1'}}
                {'index':{}}
                {'n':9}
                {'index':{'_id':'4','op_type':'create'}}
                {'n':4}
                """);
        StringBuilder results = new StringBuilder();
        answer.json()
                .get("items")
                .forEach(item -> item.properties()
                        .forEach(each -> results.append(each.getKey())
                                .append(' ')
                                .append(each.getValue().path("result").asString("failed"))
                                .append(' ')
                                .append(each.getValue().get("status"))
                                .append('\n')));
        assertEquals("""
                index created 201
                update updated 200
                update noop 200
                update failed 404
                update created 201
                delete deleted 200
                index created 201
                create created 201
                """, results.toString());
        assertEquals("document_missing_exception", answer.at("items/3/update/error/type"));
        assertEquals(404, server.send("GET /o/_doc/1").status());
    }

    /** Those with the first texts of a field wait for each other; in the second round none does. */
    @Test
    void keepsTheOrderWhereSomeDocumentsWait() throws Exception {
        assertEquals(
                200,
                server.send("PUT /w", "{'mappings':{'properties':{'v':{'type':'sparse_vector'}}}}")
                        .status());
        for (int round = 0; round < 2; round++) {
            Answer answer = server.send("POST /w/_bulk?refresh=true", """
                    {'index':{'_id':'1'}}
                    {'v':{'a':1},'t':'red boat'}
                    {'index':{'_id':'2'}}
                    {'v':{'a':-1}}
                    {'index':{'_id':'3'}}
                    {'v':{'b':2}}
                    {'index':{'_id':'1'}}
                    {'v':{'a':3},'t':'blue boat'}
                    {'delete':{'_id':'3'}}
                    {'index':{'_id':'4'}}
                    {'t':'green boat'}
                    """);
            List<Integer> statuses = new ArrayList<>();
            answer.json()
                    .get("items")
                    .forEach(item -> item.properties()
                            .forEach(each ->
                                    statuses.add(each.getValue().get("status").asInt())));
            assertEquals(
                    round == 0 ? List.of(201, 400, 201, 200, 200, 201) : List.of(200, 400, 201, 200, 200, 200),
                    statuses);
            assertEquals("2", count("{'match':{'t':'boat'}}"));
            assertEquals("0", count("{'match':{'t':'red'}}"));
            assertEquals("1", count("{'sparse_vector':{'field':'v','query_vector':{'a':1}}}"));
        }
    }

    private static String count(String query) throws Exception {
        return server.send("POST /w/_count", "{'query':" + query + "}").at("count");
    }

    @Test
    void takesOnlyWhatIsWellFormed() throws Exception {
        assertRefused("parse_exception", "body is required", "");
        assertRefused("illegal_argument_exception", "terminated by a newline", "{'index':{}}\n{}");
        assertRefused(
                "illegal_argument_exception",
                "line [1], expected field [create], [delete], [index] or [update] but found [put]",
                "{'put':{}}\n{}\n");
        assertRefused("illegal_argument_exception", "line [3]", "{'index':{}}\n{}\n[]\n");
        assertRefused(
                "illegal_argument_exception",
                "line [1] contains an unknown parameter [what]",
                "{'index':{'what':1}}\n{}\n");
        assertRefused("illegal_argument_exception", "[routing] is not supported", "{'index':{'routing':'r'}}\n{}\n");
        assertRefused(
                "illegal_argument_exception", "expected a simple value for field [_id]", "{'index':{'_id':[1]}}\n{}\n");
        assertRefused("illegal_argument_exception", "no line with the document", "{'index':{}}\n");
        assertRefused("action_request_validation_exception", "no requests added", "\n");
        assertRefused("action_request_validation_exception", "id is missing", "{'delete':{}}\n");
        assertRefused("x_content_e_o_f_exception", "", "{'index':{}\n{}\n");
        assertEquals(
                "action_request_validation_exception",
                server.send("POST /_bulk", "{'delete':{'_id':'1'}}\n").at("error/type"));
        assertEquals(404, server.send("HEAD /refused").status());
    }

    private static void assertRefused(String type, String reason, String body) throws Exception {
        Answer answer = server.send("POST /refused/_bulk", body);
        assertEquals(400, answer.status(), answer.text());
        assertEquals(type, answer.at("error/type"), answer.text());
        assertTrue(answer.at("error/reason").contains(reason), answer.text());
    }

    @Test
    void goesOnWhereOneIndexCannotBe() throws Exception {
        Answer answer = server.send("POST /_bulk", """
                {'index':{'_index':'Upper','_id':'1'}}
                {'n':1}
                {'index':{'_index':'lower','_id':'1'}}
                {'n':1}\r
                {'delete':{'_index':'missing','_id':'1'}}
                """);
        assertEquals("invalid_index_name_exception", answer.at("items/0/index/error/type"));
        assertEquals("201", answer.at("items/1/index/status"));
        assertEquals("404", answer.at("items/2/delete/status"));
        assertEquals(404, server.send("HEAD /missing").status());
    }

    @Test
    void makesNoIndexesWhereThatIsSwitchedOff(@TempDir Path data) throws Exception {
        try (LiveServer strict = new LiveServer(data, new WriteOptions(false, Optional.empty()), Optional.empty())) {
            Answer answer = strict.send("POST /i/_bulk", "{'index':{}}\n{}\n");
            assertEquals("404", answer.at("items/0/index/status"));
            assertEquals(
                    "no such index [i] and [action.auto_create_index] is [false]",
                    answer.at("items/0/index/error/reason"));
            assertEquals(404, strict.send("PUT /i/_doc/1", "{}").status());
            strict.send("PUT /i");
            assertEquals(201, strict.send("PUT /i/_doc/1", "{}").status());
        }
    }
}
