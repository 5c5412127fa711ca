package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeSettingsTest {
    private static final Set<String> NAMES = Set.of("port", "max-body-bytes", "host");

    @TempDir
    private Path folder;

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("skiff.conf"), "# mine\nport = 1\nmax-body-bytes=2 \n");
        ServeSettings settings = ServeSettings.read(Map.of("SKIFF_MAX_BODY_BYTES", "3"), Optional.of(file), NAMES);
        assertEquals(Optional.of(1), settings.find("port", Integer::valueOf));
        assertEquals(Optional.of(3), settings.find("max-body-bytes", Integer::valueOf));
        assertEquals(Optional.empty(), settings.find("host", text -> text));
    }

    @Test
    void saysWhereAValueStandsThatCannotBe() throws IOException {
        Path file = Files.writeString(folder.resolve("skiff.conf"), "port = many");
        ServeSettings ofFile = ServeSettings.read(Map.of(), Optional.of(file), NAMES);
        assertMessage(() -> ofFile.find("port", Integer::valueOf), file + ": port: 'many' is no whole number");
        ServeSettings ofEnvironment = ServeSettings.read(Map.of("SKIFF_PORT", "x"), Optional.empty(), NAMES);
        assertMessage(
                () -> ofEnvironment.find("port", Integer::valueOf),
                "the environment's SKIFF_PORT: 'x' is no whole number");
        Path unknown = Files.writeString(folder.resolve("unknown.conf"), "prot = 1");
        assertMessage(() -> read(unknown), "there is no setting 'prot'");
        assertThrows(IOException.class, () -> read(folder.resolve("none.conf")));
    }

    private static void read(Path file) throws IOException {
        ServeSettings.read(Map.of(), Optional.of(file), NAMES);
    }

    private static void assertMessage(org.junit.jupiter.api.function.Executable action, String message) {
        String actual = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(actual.contains(message), actual);
    }
}
