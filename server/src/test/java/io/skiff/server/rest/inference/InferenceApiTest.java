package io.skiff.server.rest.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.model.WordModel;
import io.skiff.server.rest.LiveServer;
import io.skiff.server.rest.LiveServer.Answer;
import io.skiff.server.rest.WriteOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InferenceApiTest {
    private static final String REGISTER = "{'service':'skiff','service_settings':{'model_id':'words'}}";

    @TempDir
    private Path folder;

    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        new WordModel("boat", "ship", "sea", "tree")
                .expand("boat", "ship", 0.5)
                .write(folder.resolve("models").resolve("words"));
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("outside"));
        open();
    }

    private void open() throws Exception {
        server = new LiveServer(folder.resolve("data"), WriteOptions.DEFAULT, Optional.of(folder.resolve("models")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void namesModelsAndRemembersThem() throws Exception {
        Answer named = server.send("PUT /_inference/sparse_embedding/m", REGISTER);
        assertEquals(200, named.status(), named.text());
        assertEquals("m", named.at("inference_id"));
        assertEquals("words", named.at("service_settings/model_id"));
        server.close();
        open();
        assertEquals("m", server.send("GET /_inference/sparse_embedding/m").at("endpoints/0/inference_id"));
        assertEquals(
                1, server.send("GET /_inference/_all").json().get("endpoints").size());
        Answer vectors = server.send("POST /_inference/sparse_embedding/m", "{'input':['boat','sea tree']}");
        assertEquals(200, vectors.status(), vectors.text());
        assertEquals(
                0.5, vectors.json().at("/sparse_embedding/0/embedding/ship").doubleValue(), 1e-6);
        assertEquals(1, vectors.json().at("/sparse_embedding/1/embedding/sea").doubleValue(), 1e-6);
        assertEquals("false", vectors.at("sparse_embedding/1/is_truncated"));
        Answer query = server.send("POST /_inference/m", "{'input':'boat','input_type':'search'}");
        assertEquals(1, query.json().at("/sparse_embedding/0/embedding/boat").doubleValue(), 1e-6);
        Answer forgotten = server.send("DELETE /_inference/sparse_embedding/m");
        assertEquals("true", forgotten.at("acknowledged"));
        assertEquals(404, server.send("GET /_inference/m").status());
        assertEquals(404, server.send("DELETE /_inference/m").status());
        assertEquals(404, server.send("POST /_inference/m", "{'input':'x'}").status());
    }

    @Test
    void takesModelsOfTheirFolderOnly() throws Exception {
        for (String folder : new String[] {"../outside", "/", "", ".", "nope", "words/../../outside"}) {
            Answer answer = server.send(
                    "PUT /_inference/sparse_embedding/m",
                    "{'service':'skiff','service_settings':{'model_id':'" + folder + "'}}");
            assertEquals(400, answer.status(), folder + answer.text());
        }
        Files.createSymbolicLink(folder.resolve("models").resolve("link"), folder.resolve("outside"));
        Answer link = server.send(
                "PUT /_inference/sparse_embedding/m", "{'service':'skiff','service_settings':{'model_id':'link'}}");
        assertTrue(link.at("error/reason").contains("leads out"), link.text());
        assertEquals(
                400,
                server.send("PUT /_inference/sparse_embedding/Upper", REGISTER).status());
        assertEquals(
                400,
                server.send("PUT /_inference/sparse_embedding/m", "{'service':'openai'}")
                        .status());
        assertEquals(0, server.send("GET /_inference").json().get("endpoints").size());
    }

    @Test
    void encodesSemanticTextsOfDocumentsAndQueries() throws Exception {
        server.send("PUT /_inference/sparse_embedding/m", REGISTER);
        server.send("PUT /i", "{'mappings':{'properties':{'s':{'type':'semantic_text','inference_id':'m'}}}}");
        server.send("PUT /i/_doc/1", "{'s':'boat'}");
        server.send("PUT /i/_doc/2?refresh=true", "{'s':['tree','sea']}");
        assertFinds("1", "{'match':{'s':'ship'}}");
        assertFinds("2", "{'match':{'s':'sea'}}");
        Answer used = server.send("DELETE /_inference/m");
        assertEquals(409, used.status());
        assertTrue(used.at("error/reason").contains("[i]"), used.text());
        server.close();
        open();
        assertFinds("1", "{'match':{'s':'ship'}}");
        server.send("DELETE /_inference/m?force=true");
        assertFinds("1", "{'match':{'s':'ship'}}");
        server.send("PUT /j", "{'mappings':{'properties':{'s':{'type':'semantic_text','inference_id':'m'}}}}");
        Answer unknown = server.send("PUT /j/_doc/1", "{'s':'boat'}");
        assertEquals(404, unknown.status(), unknown.text());
        assertEquals("resource_not_found_exception", unknown.at("error/type"));
    }

    @Test
    void namesModelsInQueries() throws Exception {
        server.send("PUT /_inference/sparse_embedding/m", REGISTER);
        server.send("PUT /i", "{'mappings':{'properties':{'sv':{'type':'sparse_vector'}}}}");
        server.send("PUT /i/_doc/1?refresh=true", "{'sv':{'ship':1.5}}");
        assertFinds("1", "{'sparse_vector':{'field':'sv','inference_id':'m','query':'boat'}}");
        assertFinds("1", "{'text_expansion':{'sv':{'model_id':'m','model_text':'boat'}}}");
        assertFinds("1", "{'neural_sparse':{'sv':{'model_id':'m','query_text':'boat'}}}");
        Answer unknown = server.send(
                "POST /i/_search", "{'query':{'sparse_vector':{'field':'sv','inference_id':'n','query':'boat'}}}");
        assertEquals(404, unknown.status(), unknown.text());
    }

    private void assertFinds(String id, String query) throws Exception {
        Answer answer = server.send("POST /i/_search", "{'query':" + query + "}");
        assertEquals(200, answer.status(), answer.text());
        assertEquals("1", answer.at("hits/total/value"), answer.text());
        assertEquals(id, answer.at("hits/hits/0/_id"), answer.text());
    }
}
