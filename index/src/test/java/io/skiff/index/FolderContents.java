package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a folder by name. */
final class FolderContents {
    private FolderContents() {}

    static Map<String, byte[]> of(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    /** Holds files to those that are kept, or has them kept from now on with {@code -Dskiff.golden.write=true}. */
    static void assertGolden(Path golden, Path written) throws IOException {
        Map<String, byte[]> actual = of(written);
        if (Boolean.getBoolean("skiff.golden.write")) {
            Files.createDirectories(golden);
            for (String name : of(golden).keySet()) {
                Files.delete(golden.resolve(name));
            }
            for (Map.Entry<String, byte[]> file : actual.entrySet()) {
                Files.write(golden.resolve(file.getKey()), file.getValue());
            }
        }
        Map<String, byte[]> expected = of(golden);
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
    }
}
