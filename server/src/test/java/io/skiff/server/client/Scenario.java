package io.skiff.server.client;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.json.SimpleJsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an application does with Elasticsearch's Java client. Takes the server's address and gives what the client made
 * of the answers, line by line. Compiled against version 9 and run against 8 too, so it calls only what both have; what
 * differs, which is how a client is made, goes by reflection.
 */
abstract class Scenario implements Function<String, List<String>> {
    private static final Pattern UNREAD =
            Pattern.compile("status line \\[HTTP/1.1 (\\d+).*?\"type\":\"(\\w+)\"", Pattern.DOTALL);

    private final List<String> said = new ArrayList<>();

    /** Something that the client does. */
    interface Call {
        Object run() throws Exception;
    }

    /** Everything that the application does. */
    abstract void play(ElasticsearchClient client) throws Exception;

    @Override
    public final List<String> apply(String address) {
        try (ElasticsearchTransport transport = transport(address)) {
            play(new ElasticsearchClient(transport));
            return said;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void say(String what, Call call) {
        try {
            said.add(what + ": " + call.run());
        } catch (ElasticsearchException e) {
            said.add(what + " refused: " + e.status() + " " + e.error().type());
        } catch (IOException e) {
            // The client of version 8 does not read what comes with status 409, but gives it on as it is.
            Matcher unread = UNREAD.matcher(e.getMessage());
            if (!unread.find()) {
                throw new IllegalStateException(what, e);
            }
            said.add(what + " refused: " + unread.group(1) + " " + unread.group(2));
        } catch (Exception e) {
            throw new IllegalStateException(what, e);
        }
    }

    /** Over Apache's client of version 4 with the one of 8, of version 5 with the one of 9. */
    static ElasticsearchTransport transport(String address) throws Exception {
        boolean nine = ElasticsearchClient.class.getResource(
                        "/co/elastic/clients/transport/rest5_client/Rest5ClientTransport.class")
                != null;
        String low = nine
                ? "co.elastic.clients.transport.rest5_client.low_level.Rest5Client"
                : "org.elasticsearch.client.RestClient";
        String high = nine
                ? "co.elastic.clients.transport.rest5_client.Rest5ClientTransport"
                : "co.elastic.clients.transport.rest_client.RestClientTransport";
        Class<?> host = Class.forName(nine ? "org.apache.hc.core5.http.HttpHost" : "org.apache.http.HttpHost");
        Object hosts = java.lang.reflect.Array.newInstance(host, 1);
        java.lang.reflect.Array.set(
                hosts, 0, host.getMethod("create", String.class).invoke(null, address));
        Object builder =
                Class.forName(low).getMethod("builder", hosts.getClass()).invoke(null, hosts);
        Object rest = builder.getClass().getMethod("build").invoke(builder);
        Constructor<?> constructor = Class.forName(high).getConstructor(Class.forName(low), JsonpMapper.class);
        return (ElasticsearchTransport) constructor.newInstance(rest, SimpleJsonpMapper.INSTANCE);
    }
}
