package io.skiff.server.cli;

import io.skiff.encoder.onnx.OnnxRuntimeSupport;
import io.skiff.scoring.SimdSupport;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code skiff --version} prints: this build, the JVM, the kernels, the runtimes of models. */
final class VersionLines implements IVersionProvider {
    private static final String RESOURCE = "version.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "skiff " + version(),
            "java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ", "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")",
            "simd: " + SimdSupport.describe(),
            "onnxruntime: " + OnnxRuntimeSupport.describe()
        };
    }

    private static String version() throws IOException {
        try (InputStream in = VersionLines.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }
}
