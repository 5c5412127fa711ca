package io.skiff.server.scenario;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests, one after the other, and what is expected of their answers: a file of {@code scenarios/}, whose README says
 * what may stand in it.
 */
record Scenario(String name, String about, List<Step> steps) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path FOLDER = Path.of("src", "test", "resources", "scenarios");
    private static final Pattern INDEX = Pattern.compile("\\w+ /(\\w+).*");

    /** Every scenario there is, by name. */
    static List<Scenario> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Scenario> scenarios = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Scenario::read)
                    .toList();
            assertFalse(scenarios.isEmpty(), "no scenario in " + FOLDER);
            return scenarios;
        }
    }

    private static Scenario read(Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        JsonNode root = MAPPER.readTree(file.toFile());
        List<Step> steps = new ArrayList<>();
        if (root.has("after")) {
            Path before = FOLDER.resolve("setup").resolve(root.get("after").stringValue() + ".json");
            steps.addAll(read(before).steps());
        }
        root.required("steps").forEach(step -> steps.add(Step.of(step)));
        return new Scenario(name, root.required("about").stringValue(), steps);
    }

    /** Removes the indexes that the scenario makes: before it, in case that another has left them, and behind it. */
    void clean(Server server) throws IOException, InterruptedException {
        var indexes = new TreeSet<String>();
        for (Step step : steps) {
            Matcher matcher = INDEX.matcher(step.request());
            if (matcher.matches() && !matcher.group(1).startsWith("_")) {
                indexes.add(matcher.group(1));
            }
        }
        for (String index : indexes) {
            server.send("DELETE /" + index);
        }
    }
}
