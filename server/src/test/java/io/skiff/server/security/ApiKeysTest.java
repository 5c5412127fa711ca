package io.skiff.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {
    @TempDir
    private Path folder;

    @Test
    void knowsTheKeysThatWereMadeAndNoOthers() throws IOException {
        Path file = folder.resolve("keys.txt");
        String reader = ApiKeys.create(file, "reader", Set.of(Scope.READ));
        String both = ApiKeys.create(file, "both-1", Set.of(Scope.WRITE, Scope.READ));
        Files.writeString(file, Files.readString(file) + "\n# a comment\n");
        ApiKeys keys = ApiKeys.load(file);
        assertEquals(
                Set.of(Scope.READ),
                keys.authenticate("ApiKey " + reader).orElseThrow().scopes());
        ApiKey known = keys.authenticate("apikey " + both).orElseThrow();
        assertEquals("both-1", known.name());
        assertEquals(Set.of(Scope.READ, Scope.WRITE), known.scopes());

        String id = decoded(reader).split(":")[0];
        String otherSecret = decoded(both).split(":")[1];
        for (String wrong : List.of(
                "",
                "ApiKey",
                "ApiKey ",
                "ApiKey !!!",
                "Bearer " + reader,
                "ApiKey " + encoded("nobody:secret"),
                "ApiKey " + encoded(id),
                "ApiKey " + encoded(id + ":"),
                "ApiKey " + encoded(id + ":" + otherSecret),
                "ApiKey " + encoded(decoded(reader) + "x"))) {
            assertEquals(Optional.empty(), keys.authenticate(wrong), wrong);
        }
    }

    @Test
    void keepsNoSecretAndShowsTheFileToItsOwnerAlone() throws IOException {
        Path file = folder.resolve("keys.txt");
        String key = ApiKeys.create(file, "k", Set.of(Scope.READ));
        String secret = decoded(key).split(":")[1];
        assertFalse(Files.readString(file).contains(secret));
        assertFalse(Files.readString(file).contains(key));
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | has no key",
                "just two | :1: expected ID SCOPES SALT HASH NAME, got 2 words",
                "id admin 00 00 name | :1: expected scopes",
                "id read xy 00 name | :1: expected scopes",
            })
    void namesTheLineThatIsWrong(String content, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("keys.txt"), content);
        IOException refused = assertThrows(IOException.class, () -> ApiKeys.load(file));
        assertTrue(refused.getMessage().contains(file.toString()), refused::getMessage);
        assertTrue(refused.getMessage().contains(reason), refused::getMessage);
    }

    @Test
    void refusesNamesThatWouldNotFitALine() {
        Path file = folder.resolve("keys.txt");
        for (String name : List.of("", "two words", "x\ny", "é", "x".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> ApiKeys.create(file, name, Set.of(Scope.READ)));
        }
        assertThrows(IllegalArgumentException.class, () -> ApiKeys.create(file, "none", Set.of()));
    }

    private static String decoded(String key) {
        return new String(Base64.getDecoder().decode(key), StandardCharsets.UTF_8);
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
