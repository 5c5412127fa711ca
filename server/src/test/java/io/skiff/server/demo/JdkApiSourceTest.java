package io.skiff.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skiff.server.ingest.InputRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JdkApiSourceTest {
    @TempDir
    Path folder;

    private Path zip(Map<String, String> files) throws IOException {
        Path archive = folder.resolve("src.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return archive;
    }

    private static List<InputRecord> all(JdkApiSource source) throws IOException {
        List<InputRecord> records = new ArrayList<>();
        for (Optional<InputRecord> next = source.next(); next.isPresent(); next = source.next()) {
            records.add(next.get());
        }
        return records;
    }

    @Test
    void readsExportedJavaPackagesOnly() throws IOException {
        Path archive = zip(Map.of(
                "java.m/module-info.java", "module java.m { exports java.p; exports java.q to jdk.x; exports org.p; }",
                "java.m/java/p/A.java", "package java.p; /** Über all. */ public class A {}",
                "java.m/java/q/B.java", "package java.q; /** Hidden. */ public class B {}",
                "java.m/java/p/inner/C.java", "package java.p.inner; /** Hidden. */ public class C {}",
                "java.m/org/p/D.java", "package org.p; /** Of another API. */ public class D {}",
                "java.nowhere/java/z/E.java", "package java.z; /** In no module. */ public class E {}",
                "java.m/java/p/notes.txt", "no source"));
        try (JdkApiSource source = JdkApiSource.open(archive, name -> true)) {
            List<InputRecord> records = all(source);
            assertEquals(
                    List.of("java.p.A"), records.stream().map(InputRecord::id).toList());
            assertEquals(OptionalLong.of(1), source.length());
            assertEquals(1, source.position());
            JsonNode stored = JsonMapper.shared().readTree(records.getFirst().source());
            assertEquals("class A", stored.get("title").asString());
            assertEquals("Über all.", stored.get("text").asString());
            assertEquals("class", stored.get("kind").asString());
            assertEquals("java.p", stored.get("package").asString());
            assertEquals("java.m", stored.get("module").asString());
        }
    }

    @Test
    void manyFilesComeInTheOrderOfTheirNames() throws IOException {
        Map<String, String> files = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        files.put("java.m/module-info.java", "module java.m { exports java.p; }");
        for (int i = 1000; i < 1300; i++) {
            files.put("java.m/java/p/T" + i + ".java", "package java.p; /** Number. */ public class T" + i + " {}");
            expected.add("java.p.T" + i);
        }
        try (JdkApiSource source = JdkApiSource.open(zip(files), name -> true)) {
            assertEquals(expected, all(source).stream().map(InputRecord::id).toList());
            assertEquals(300, source.position());
        }
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("src.zip"), "no archive");
        assertThrows(ZipException.class, () -> JdkApiSource.open(file, name -> true));
    }

    @Test
    void readsTheRunningJdk() throws IOException {
        Optional<Path> archive = JdkApiSource.archive();
        assumeTrue(archive.isPresent(), "this JDK carries no lib/src.zip");
        try (JdkApiSource source = JdkApiSource.open(archive.get(), "java.util.concurrent"::equals)) {
            List<InputRecord> records = all(source);
            Set<String> ids =
                    new HashSet<>(records.stream().map(InputRecord::id).toList());
            assertEquals(records.size(), ids.size(), "ids repeat");
            assertTrue(ids.size() > 500, ids.size() + " documents in java.util.concurrent");
            assertTrue(
                    ids.contains("java.util.concurrent.ScheduledExecutorService#schedule(Runnable,long,TimeUnit)"),
                    "schedule() is missing");
        }
    }
}
