package io.skiff.server.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.server.rest.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Skiff beside a real Elasticsearch: {@code ./mvnw -Pelasticsearch verify} starts one. */
@EnabledIfSystemProperty(named = ElasticsearchComparisonTest.MODULE, matches = ".+")
@Timeout(600)
class ElasticsearchComparisonTest {
    static final String MODULE = "elasticsearch.module";

    /**
     * How far apart scores of the scenarios may be: they have six documents, and so few let Skiff draw the average length
     * towards 50 words. {@link RandomSearches} looks closer.
     */
    private static final double SCORE_TOLERANCE = 0.08;

    private static ElasticsearchProcess process;
    private static LiveServer live;
    private static Server elasticsearch;
    private static Server skiff;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        process = new ElasticsearchProcess(Path.of(System.getProperty(MODULE)), folder);
        live = new LiveServer(Files.createDirectory(folder.resolve("skiff")));
        elasticsearch = new Server("Elasticsearch", process.address());
        skiff = new Server("Skiff", live.address());
    }

    @AfterAll
    static void stop() {
        skiff.close();
        elasticsearch.close();
        live.close();
        process.close();
    }

    @TestFactory
    Stream<DynamicTest> bothAnswerAlike() throws IOException {
        return Scenario.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> {
                    scenario.clean(elasticsearch);
                    scenario.clean(skiff);
                    List<String> complaints = new ArrayList<>();
                    for (Step step : scenario.steps()) {
                        complaints.addAll(play(step));
                    }
                    scenario.clean(elasticsearch);
                    scenario.clean(skiff);
                    assertEquals("", String.join("\n", complaints), scenario.about());
                }));
    }

    private static List<String> play(Step step) throws IOException, InterruptedException {
        Server.Answer here = skiff.send(step);
        List<String> complaints = new ArrayList<>(ScenarioTest.complaints(step, here, false));
        if (!step.elsewhere().skip()) {
            Server.Answer there = elasticsearch.send(step);
            for (String complaint : ScenarioTest.complaints(step, there, true)) {
                complaints.add("Elasticsearch: " + complaint);
            }
            if (step.elsewhere().comparable() && step.elsewhere().status() == step.status()) {
                for (String difference : Comparison.differences(
                        there.body(),
                        here.body(),
                        SCORE_TOLERANCE,
                        step.elsewhere().differs())) {
                    complaints.add(step.request() + " " + step.body() + "\n    " + difference);
                }
            }
        }
        return complaints;
    }

    @Test
    void bothRankAlike() throws Exception {
        assertEquals("", String.join("\n", new RandomSearches(elasticsearch, skiff).complaints()));
    }
}
