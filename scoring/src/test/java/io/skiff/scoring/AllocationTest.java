package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No kernel may leave vectors on the heap. C2 does that silently and only in some runs, when the type profiles inside
 * the Vector API are missing or mixed; so the JVM is given exactly those conditions: no type profiles at all, or
 * profiles that every vector shape has been through.
 */
final class AllocationTest {
    @TempDir
    Path directory;

    @Test
    void nothingGrowsWithTheCorpusWithoutTypeProfiles() throws Exception {
        assertNoAllocation(List.of("-XX:TypeProfileWidth=0"));
    }

    @Test
    void nothingGrowsWithTheCorpusAfterOtherShapesHaveRun() throws Exception {
        assertNoAllocation(List.of("-Dpollute=true"));
    }

    private void assertNoAllocation(List<String> jvmOptions) throws Exception {
        List<String> options = new ArrayList<>(jvmOptions);
        // No background compilation: the code measured is compiled code, on a busy machine too.
        options.addAll(List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        options.addAll(List.of("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xbatch", "-Xmx512m"));
        List<String> findings = ChildJvm.run(options, AllocationProbe.class, directory.toString());
        assertFalse(findings.isEmpty(), "the probe measured nothing");
        findings.forEach(finding -> assertEquals("ok", finding.substring(0, finding.indexOf(' ')), finding));
    }
}
