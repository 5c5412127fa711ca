package io.skiff.server.rest.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.model.WordModel;
import io.skiff.server.rest.LiveServer;
import io.skiff.server.rest.LiveServer.Answer;
import io.skiff.server.rest.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model is gone, or damaged, when the server starts again. */
@Timeout(120)
class MissingModelTest {
    @TempDir
    private Path folder;

    private LiveServer server;

    @BeforeEach
    void fill() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        writeModel("words");
        writeModel("others");
        open();
        for (String model : new String[] {"words", "others"}) {
            server.send(
                    "PUT /_inference/sparse_embedding/" + model,
                    "{'service':'skiff','service_settings':{'model_id':'" + model + "'}}");
        }
        server.send(
                "PUT /i",
                "{'mappings':{'properties':{'s':{'type':'semantic_text','inference_id':'words'},'t':{'type':'text'}}}}");
        assertEquals(
                201,
                server.send("PUT /i/_doc/1?refresh=true", "{'s':'boat','t':'tree'}")
                        .status());
        server.send("PUT /plain/_doc/1?refresh=true", "{'t':'tree'}");
        assertEquals("green", server.send("GET /_cluster/health").at("status"));
        server.close();
    }

    private void writeModel(String name) throws IOException {
        new WordModel("boat", "ship", "sea", "tree")
                .expand("boat", "ship", 0.5)
                .write(folder.resolve("models").resolve(name));
    }

    private void open() throws Exception {
        server = new LiveServer(folder.resolve("data"), WriteOptions.DEFAULT, Optional.of(folder.resolve("models")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allElseIsServed(boolean gone) throws Exception {
        Path model = folder.resolve("models").resolve("words");
        if (gone) {
            Files.move(model, folder.resolve("words-elsewhere"));
        } else {
            Files.writeString(model.resolve("model.onnx"), "damaged");
        }
        open();
        Answer health = server.send("GET /_cluster/health");
        assertEquals("yellow", health.at("status"), health.text());
        assertTrue(health.at("missing_models/" + (gone ? 1 : 0)).contains("index [i], field [s]"), health.text());
        assertEquals("yellow", server.send("GET /_cluster/health/i").at("status"));
        assertEquals("green", server.send("GET /_cluster/health/plain").at("status"));
        assertEquals("yellow", server.send("GET /_cat/health?format=json").at("0/status"));

        assertFails(server.send("POST /i/_search", "{'query':{'match':{'s':'ship'}}}"));
        assertFails(server.send(
                "POST /i/_search", "{'query':{'sparse_vector':{'field':'s','inference_id':'words','query':'ship'}}}"));
        assertFails(server.send("PUT /i/_doc/2", "{'s':'sea'}"));
        assertFails(server.send("POST /_inference/words", "{'input':'boat'}"));
        Answer several = server.send("POST /i/_msearch", "{}\n{'query':{'match':{'s':'ship'}}}\n{}\n{'size':1}\n");
        assertEquals("500", several.at("responses/0/status"), several.text());
        assertEquals("200", several.at("responses/1/status"), several.text());

        assertEquals("1", found("{'match':{'t':'tree'}}"));
        assertEquals("1", found("{'sparse_vector':{'field':'s','query_vector':{'ship':1}}}"));
        assertEquals(201, server.send("PUT /i/_doc/3", "{'t':'sea'}").status());
        assertEquals(
                200, server.send("POST /_inference/others", "{'input':'boat'}").status());
    }

    @Test
    void aModelThatComesBackIsServedAgain() throws Exception {
        Path elsewhere = folder.resolve("words-elsewhere");
        Path model = folder.resolve("models").resolve("words");
        Files.move(model, elsewhere);
        open();
        assertFails(server.send("POST /_inference/words", "{'input':'boat'}"));
        Files.move(elsewhere, model);
        // By its name at once, in the fields that it made when the server starts.
        assertEquals(
                200, server.send("POST /_inference/words", "{'input':'boat'}").status());
        server.close();
        open();
        assertEquals("1", found("{'match':{'s':'ship'}}"));
        Answer health = server.send("GET /_cluster/health");
        assertEquals("green", health.at("status"), health.text());
        assertFalse(health.json().has("missing_models"), health.text());
    }

    private String found(String query) throws Exception {
        Answer answer = server.send("POST /i/_search", "{'query':" + query + "}");
        assertEquals(200, answer.status(), answer.text());
        return answer.at("hits/hits/0/_id");
    }

    private static void assertFails(Answer answer) {
        assertEquals(500, answer.status(), answer.text());
        assertEquals("inference_exception", answer.at("error/type"), answer.text());
        assertTrue(answer.at("error/reason").contains("cannot be opened"), answer.text());
    }
}
