package io.skiff.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.epoll.Epoll;
import io.skiff.server.rest.Lane;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TransportTest {
    @Test
    void isEpollOnLinuxWhoseLibraryIsCarried() {
        boolean carried = System.getProperty("os.name").equals("Linux")
                && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
        // Else the build has lost the library, or Netty another one than it was made for.
        assertEquals(carried, Epoll.isAvailable());
        assertEquals(carried ? "epoll" : "JDK", Transport.best().name());
    }

    @Test
    void answersByTheJdkToo() throws Exception {
        Router router = new Router.Builder()
                .add(
                        "GET",
                        "/{name}/_echo",
                        Lane.SEARCH,
                        Set.of(),
                        request -> Response.json(request, json -> json.writeString(request.pathParameter("name"))))
                .build();
        try (SkiffServer server = SkiffServer.start(
                        router, new ServerOptions("127.0.0.1", 0, 1, 1, 4096), SkiffServer.Hooks.NONE, Transport.JDK);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.address().getPort() + "/a/_echo"))
                    .build();
            assertEquals("\"a\"", client.send(request, BodyHandlers.ofString()).body());
        }
    }
}
