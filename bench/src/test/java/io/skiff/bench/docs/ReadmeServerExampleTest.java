package io.skiff.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.server.collection.Collections;
import io.skiff.server.http.SkiffServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the README writes to the server with curl is written, and found. */
class ReadmeServerExampleTest {
    private static final Pattern CURL = Pattern.compile(
            "curl -s (?:-X (\\w+) )?'http://127\\.0\\.0\\.1:9200(/books[^']*)' -H 'Content-Type: ([^']+)'[\\s\\\\]+"
                    + "(?:-d|--data-binary) '([^']*)'");

    @Test
    void theExampleOfWritingWorks(@TempDir Path data) throws Exception {
        Matcher requests = CURL.matcher(Files.readString(Checkout.root().resolve("README.md")));
        List<JsonNode> answers = new ArrayList<>();
        try (Collections collections = Collections.open(data);
                SkiffServer server = SkiffServer.start(collections, "127.0.0.1", 0);
                HttpClient client = HttpClient.newHttpClient()) {
            String address = "http://127.0.0.1:" + server.address().getPort();
            while (requests.find()) {
                String method = requests.group(1) == null ? "POST" : requests.group(1);
                HttpRequest request = HttpRequest.newBuilder(URI.create(address + requests.group(2)))
                        .header("Content-Type", requests.group(3))
                        .method(method, HttpRequest.BodyPublishers.ofString(requests.group(4)))
                        .build();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertEquals(200, response.statusCode(), response.body());
                answers.add(new JsonMapper().readTree(response.body()));
            }
        }
        assertEquals(3, answers.size());
        assertEquals("false", answers.get(1).get("errors").asString());
        assertEquals(1, answers.get(2).at("/hits/total/value").intValue());
        assertEquals("1", answers.get(2).at("/hits/hits/0/_id").stringValue());
    }
}
