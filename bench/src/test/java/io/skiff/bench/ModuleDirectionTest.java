package io.skiff.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The house of ARCHITECTURE.md: who may import whom. */
class ModuleDirectionTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.skiff");

    @ParameterizedTest
    @ValueSource(strings = {"index", "scoring", "encoder", "server", "bench"})
    void everyModuleIsSeen(String module) {
        assertTrue(
                CLASSES.stream()
                        .filter(type -> type.getPackageName().startsWith("io.skiff." + module))
                        .anyMatch(type -> !type.getSimpleName().equals("package-info")),
                () -> "no class of " + module + " on the class path: the rules below would check nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "index, ''",
        "scoring, index",
        "encoder, index",
        "server, 'index,scoring,encoder'",
    })
    void importsOnlyFromBelow(String module, String below) {
        String[] others = Stream.of("index", "scoring", "encoder", "server", "bench")
                .filter(other ->
                        !other.equals(module) && !List.of(below.split(",")).contains(other))
                .map(other -> "io.skiff." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.skiff." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void nettyStaysInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.skiff.server.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void everyClassHasItsPlace() {
        classes()
                .should()
                .resideInAnyPackage(
                        "io.skiff.index..",
                        "io.skiff.scoring..",
                        "io.skiff.encoder..",
                        "io.skiff.server..",
                        "io.skiff.bench..")
                .check(CLASSES);
    }
}
