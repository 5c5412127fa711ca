package io.skiff.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SampleSearchTest {
    private final AtomicReference<String> lastRequest = new AtomicReference<>("");
    private HttpServer server;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/docs/_search", exchange -> {
            lastRequest.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private SampleSearch search(String query) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return SampleSearch.of(uri, "docs", "text", query, 3);
    }

    @Test
    void asksAndReadsTheAnswer() throws IOException {
        answer = """
                {"took": 1, "hits": {"total": {"value": 7, "relation": "eq"}, "hits": [
                  {"_id": "a", "_score": 2.5, "_source": {"title": "First", "text": "One two.\\nThree."}},
                  {"_id": "b", "_score": 1.5, "_source": {"text": "No title."}}]}}""";
        SampleSearch.Answer found = search("two \"words\"").run();
        assertEquals(
                List.of(new SampleSearch.Hit(2.5, "First", "One two."), new SampleSearch.Hit(1.5, "b", "No title.")),
                found.hits());
        assertEquals(7, found.totalHits());
        assertTrue(found.medianNanos() > 0);
        JsonNode request = JsonMapper.shared().readTree(lastRequest.get());
        assertEquals(
                "two \"words\"",
                request.path("query").path("match").path("text").asString());
        assertEquals(3, request.path("size").asInt());
    }

    @Test
    void aRefusalIsAnErrorWithTheServersAnswer() {
        status = 400;
        answer = "{\"error\": \"no such field\"}";
        String message =
                assertThrows(IOException.class, () -> search("x").run()).getMessage();
        assertTrue(message.contains("400") && message.contains("no such field"), message);
    }

    @Test
    void theShellCommandSurvivesQuotes() {
        assertTrue(
                search("what's new").curl().contains("what'\\''s new"),
                search("what's new").curl());
    }

    @Test
    void snippetsAreOneShortLineCutBetweenWords() {
        assertEquals("a b", SampleSearch.snippet(" \n\ta  b \nc "));
        assertEquals("", SampleSearch.snippet("\n"));
        String snippet = SampleSearch.snippet("word ".repeat(50));
        assertTrue(snippet.endsWith("word ..."), snippet);
        assertTrue(snippet.length() <= 104, snippet);
        assertEquals("x".repeat(100) + " ...", SampleSearch.snippet("x".repeat(300)));
    }
}
