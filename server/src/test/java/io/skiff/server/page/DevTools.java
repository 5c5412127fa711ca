package io.skiff.server.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A connection to a browser's DevTools: commands with their answers, and the events in between. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ANSWER_SECONDS = 30;

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;

    private DevTools() {}

    static DevTools connect(HttpClient client, URI address) throws IOException {
        DevTools devTools = new DevTools();
        try {
            devTools.socket = client.newWebSocketBuilder()
                    .buildAsync(address, devTools)
                    .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IOException("no DevTools at " + address, e);
        }
        return devTools;
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param session the page's; empty for the browser itself
     */
    JsonNode send(String session, String method, Map<String, Object> parameters) {
        int id = lastId.incrementAndGet();
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        socket.sendText(command.toString(), true).join();
        return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Every event so far. */
    List<JsonNode> events() {
        return events;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            receive(JSON.readTree(message.toString()));
            message.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void receive(JsonNode received) {
        CompletableFuture<JsonNode> answer = open.remove(received.path("id").asInt(0));
        if (answer == null) {
            events.add(received);
        } else if (received.has("error")) {
            answer.completeExceptionally(
                    new IllegalStateException(received.path("error").toString()));
        } else {
            answer.complete(received.path("result"));
        }
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        open.values().forEach(answer -> answer.completeExceptionally(error));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
