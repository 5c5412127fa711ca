package io.skiff.server.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Chromium without a window and one page in it, driven over the DevTools protocol. What the page logs, throws and asks
 * the network for is kept.
 */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final Process process;
    private final Path profile;
    private final HttpClient client = HttpClient.newHttpClient();
    private final DevTools devTools;
    private final String session;

    /** The Chromium that is installed, or named in {@code SKIFF_CHROMIUM}; none where there is none. */
    static Optional<Path> installed() {
        String named = System.getenv("SKIFF_CHROMIUM");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts the program. */
    static Browser start(Path program) throws IOException, InterruptedException {
        return new Browser(program);
    }

    private Browser(Path program) throws IOException, InterruptedException {
        profile = Files.createTempDirectory("skiff-browser");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-dev-shm-usage",
                "--disable-extensions",
                "--disable-gpu",
                "--disable-sync",
                "--hide-scrollbars"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox"); // which Chromium insists on there
        }
        command.add("about:blank");
        Path log = profile.resolve("log.txt");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            List<String> port = portFile(log);
            devTools = DevTools.connect(client, URI.create("ws://127.0.0.1:" + port.get(0) + port.get(1)));
            String target = devTools.send("", "Target.createTarget", Map.of("url", "about:blank"))
                    .path("targetId")
                    .asString();
            session = devTools.send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                    .path("sessionId")
                    .asString();
            for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
                send(domain + ".enable", Map.of());
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Port and path of the DevTools, which the program writes when it listens. */
    private List<String> portFile(Path log) throws IOException, InterruptedException {
        Path file = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() == 2) {
                    return lines;
                }
            }
            Thread.sleep(20);
        }
        throw new IOException("Chromium does not start: " + Files.readString(log));
    }

    JsonNode send(String method, Map<String, Object> parameters) {
        return devTools.send(session, method, parameters);
    }

    /** A page as wide and high as a window of that size, with or without what a phone has. */
    void window(int width, int height, boolean phone) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    /** Whether pages are asked to be dark. */
    void dark(boolean dark) {
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void open(String url) {
        send("Page.navigate", Map.of("url", url));
        await("document.readyState === 'complete' && location.href.startsWith('" + url + "')");
    }

    /** What an expression of JavaScript comes to. */
    JsonNode evaluate(String expression) {
        JsonNode answer =
                send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + " failed: " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    String text(String expression) {
        return evaluate(expression).asString("");
    }

    /** Waits until an expression is true. */
    void await(String expression) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!evaluate(expression).asBoolean(false)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came true: " + expression + "\n" + text("document.body?.innerText"));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + expression, e);
            }
        }
    }

    /** Types text where the focus is. */
    void type(String text) {
        send("Input.insertText", Map.of("text", text));
    }

    /** Presses a key that writes nothing, such as {@code Enter} or {@code ArrowDown}. */
    void press(String key) {
        int code = switch (key) {
            case "Enter" -> 13;
            case "Escape" -> 27;
            case "ArrowUp" -> 38;
            case "ArrowDown" -> 40;
            case "Tab" -> 9;
            default -> throw new IllegalArgumentException(key);
        };
        String text = key.equals("Enter") ? "\r" : "";
        send(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
    }

    /** Presses a key that writes a character. */
    void pressCharacter(String character) {
        send("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", character, "text", character));
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", character));
    }

    /** Moves the mouse over the first element that a selector finds. */
    void hover(String selector) {
        mouse(selector, "mouseMoved");
    }

    /** Clicks the first element that a selector finds. */
    void click(String selector) {
        mouse(selector, "mouseMoved");
        mouse(selector, "mousePressed");
        mouse(selector, "mouseReleased");
    }

    private void mouse(String selector, String type) {
        JsonNode at = evaluate("(() => { const e = document.querySelector(" + quoted(selector) + ");"
                + "e.scrollIntoView({block: 'center', behavior: 'instant'});"
                + "const r = e.getClientRects()[0];"
                + "return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
        send(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        at.path("x").asDouble(),
                        "y",
                        at.path("y").asDouble(),
                        "button",
                        type.equals("mouseMoved") ? "none" : "left",
                        "clickCount",
                        type.equals("mouseMoved") ? 0 : 1));
    }

    static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    /** Saves what is to be seen. */
    void screenshot(Path file) throws IOException {
        String png = send("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asString();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(png));
    }

    /** What went wrong in the page so far: exceptions, errors and warnings on its console, refused loads. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (JsonNode event : devTools.events()) {
            JsonNode of = event.path("params");
            switch (event.path("method").asString("")) {
                case "Runtime.exceptionThrown" ->
                    complaints.add("exception: " + of.path("exceptionDetails").toString());
                case "Runtime.consoleAPICalled" -> complaints.add("console: " + of.path("args"));
                case "Log.entryAdded" -> complaints.add("log: " + of.path("entry"));
                case "Network.loadingFailed" -> {
                    // A search that a newer one replaces is given up.
                    if (!of.path("canceled").asBoolean(false)) {
                        complaints.add("not loaded: " + of);
                    }
                }
                default -> {}
            }
        }
        return complaints;
    }

    /** Forgets what the page has complained of and asked for. */
    void forget() {
        devTools.events().clear();
    }

    /** Every address that the page has asked for. */
    List<String> requests() {
        return devTools.events().stream()
                .filter(event -> event.path("method").asString("").equals("Network.requestWillBeSent"))
                .map(event -> event.path("params").path("request").path("url").asString(""))
                .toList();
    }

    @Override
    public void close() {
        if (devTools != null) {
            devTools.close();
        }
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            delete(profile);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As far as it goes: children of the program may still be writing. */
    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
