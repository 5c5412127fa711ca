import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * A real Elasticsearch node of its own process, until its standard input ends. Started from this source:
 *
 * <pre>java -cp 'target/node/lib/*' ElasticsearchNode.java target/node DATA_FOLDER</pre>
 *
 * <p>It prints its address as its last line, {@code http://127.0.0.1:PORT}.
 */
final class ElasticsearchNode {
    private static final String DESCRIPTOR = "plugin-descriptor.properties";

    private ElasticsearchNode() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path data = Path.of(arguments[1]).toAbsolutePath();
        describe(home.resolve("modules").resolve("transport-netty4"));
        Files.createDirectories(home.resolve("plugins"));
        Files.createDirectories(home.resolve("config"));
        Settings settings = Settings.builder()
                .put("path.home", home)
                .put("path.data", data)
                .put("path.logs", data.resolve("logs"))
                .put("cluster.name", "scenarios")
                .put("node.name", "node")
                .put("discovery.type", "single-node")
                .put("http.port", "0")
                .put("transport.port", "0")
                .put("network.host", "127.0.0.1")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        LogConfigurator.configureWithoutConfig(Settings.builder().put("logger.level", "warn").build());
        LogConfigurator.configureESLogging();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
                settings, Map.of(), home.resolve("config"), () -> "node");
        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
                PluginsLoader.loadModulesBundles(environment.modulesDir(), false), Set.of(), Map.of(), false);
        try (Node node = new Node(environment, plugins)) {
            node.start();
            var bound = node.injector().getInstance(HttpServerTransport.class).boundAddress();
            System.out.println("http://127.0.0.1:" + bound.publishAddress().getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** The jar of a module has its description, which names a Java module; on the class path it is none. */
    private static void describe(Path module) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(module)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                JarEntry entry = jar.getJarEntry("META-INF/es-plugins/" + module.getFileName() + "/" + DESCRIPTOR);
                if (entry != null) {
                    try (InputStream text = jar.getInputStream(entry)) {
                        Files.write(
                                module.resolve(DESCRIPTOR),
                                new String(text.readAllBytes())
                                        .lines()
                                        .filter(line -> !line.startsWith("modulename"))
                                        .toList());
                    }
                }
            }
        }
    }
}
