package io.skiff.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents at the root and beside the modules. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path document : Checkout.documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1);
                if (target.contains("://")) {
                    continue;
                }
                links++;
                if (!Files.exists(document.resolveSibling(target))) {
                    dead.add(document.getFileName() + " -> " + target);
                }
            }
        }
        assertEquals(List.of(), dead);
        assertTrue(links > 0, "no link was found, so none was checked");
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Set<Path> packages;
        try (Stream<Path> files = Files.find(
                Checkout.root(),
                12,
                (path, attributes) -> path.toString().endsWith(".java")
                        && path.toString()
                                .contains("src/main/java"
                                        .replace("/", path.getFileSystem().getSeparator())))) {
            packages = files.map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
        }
        List<Path> silent = packages.stream()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .toList();
        assertEquals(List.of(), silent);
        assertFalse(packages.isEmpty(), "no package was found, so none was checked");
    }

    @Test
    void theReadmeIsShort() throws IOException {
        long lines;
        try (Stream<String> all = Files.lines(Checkout.root().resolve("README.md"))) {
            lines = all.count();
        }
        assertTrue(lines < 150, "README.md has " + lines + " lines; it has to stay under 150");
    }
}
