package io.skiff.server.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.server.rest.LiveServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario, on a server of this process; or, with {@code -Dscenarios.url=http://...}, on the one at that address,
 * of which {@code -Dscenarios.elasticsearch=true} says that it is an Elasticsearch.
 */
@Timeout(300)
class ScenarioTest {
    private static final String URL = System.getProperty("scenarios.url", "");
    private static final boolean ELASTICSEARCH = Boolean.getBoolean("scenarios.elasticsearch");

    private static LiveServer live;
    private static Server server;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        if (URL.isEmpty()) {
            live = new LiveServer(data);
        }
        server = new Server("the server", URL.isEmpty() ? live.address() : URL);
    }

    @AfterAll
    static void stop() {
        server.close();
        if (live != null) {
            live.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> goesAsItSays() throws IOException {
        return Scenario.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> {
                    scenario.clean(server);
                    List<String> complaints = new ArrayList<>();
                    for (Step step : scenario.steps()) {
                        if (!(ELASTICSEARCH && step.elsewhere().skip())) {
                            complaints.addAll(complaints(step, server.send(step), ELASTICSEARCH));
                        }
                    }
                    scenario.clean(server);
                    assertEquals("", String.join("\n", complaints), scenario.about());
                }));
    }

    /** What is wrong with an answer, the request before each complaint. */
    static List<String> complaints(Step step, Server.Answer answer, boolean elasticsearch) {
        List<String> complaints = new ArrayList<>();
        int status = elasticsearch ? step.elsewhere().status() : step.status();
        if (status != answer.status()) {
            complaints.add("status should be " + status + " but is " + answer.status() + ": " + answer.body());
        }
        boolean own = elasticsearch && !step.elsewhere().answer().isMissingNode();
        complaints.addAll(Expected.complaints(own ? step.elsewhere().answer() : step.answer(), answer.body()));
        return complaints.stream()
                .map(complaint -> step.request() + " " + step.body() + "\n    " + complaint)
                .toList();
    }
}
