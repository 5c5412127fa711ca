package io.skiff.bench.quality;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every metric is trec_eval's, for every query, on random runs and on real ones. */
class TrecEvalAgreementTest {
    private static final long SEED = Long.getLong("skiff.seed", 11);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"false, 1, 0", "true, 1, 1", "false, 2, 2", "true, 3, 3"})
    void onRandomRuns(boolean complete, int level, int round) throws Exception {
        Random random = new Random(SEED + round);
        Path qrels = Files.write(folder.resolve("qrels.txt"), qrels(random));
        Path run = Files.write(folder.resolve("run.txt"), run(random));
        TrecEval.assertAgrees(qrels, run, complete, level, "seed " + SEED + ", round " + round);
    }

    @Test
    void onRealRuns() throws Exception {
        Path data = SharedData.find("data/ir/msmarco_dl20_pool");
        Assumptions.assumeTrue(data != null, "shared/data/ir/msmarco_dl20_pool is not here");
        Path qrels = Files.write(folder.resolve("qrels.txt"), asTrec(data.resolve("qrels/test.tsv")));
        List<Path> runs;
        try (Stream<Path> files = Files.list(data.resolve("runs"))) {
            runs = files.toList();
        }
        assertTrue(runs.size() > 1, () -> "runs in " + data);
        for (Path run : runs) {
            TrecEval.assertAgrees(qrels, run, false, 1, run.toString());
            TrecEval.assertAgrees(qrels, run, true, 2, run.toString());
        }
    }

    private static List<String> asTrec(Path beir) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Map<String, Integer>> query :
                Qrels.read(beir).grades().entrySet()) {
            query.getValue().forEach((document, grade) -> lines.add(query.getKey() + " 0 " + document + " " + grade));
        }
        return lines;
    }

    /** Grades from -1 to 3; each fifth query has nothing relevant. */
    private static List<String> qrels(Random random) {
        List<String> lines = new ArrayList<>();
        for (int query = 0; query < 40; query++) {
            for (int document : documents(random, 1 + random.nextInt(60))) {
                int grade = query % 5 == 0 ? -random.nextInt(2) : random.nextInt(5) - 1;
                lines.add("q" + query + " 0 " + id(document) + " " + grade);
            }
        }
        return lines;
    }

    /** From the tenth query on, so that some are missing and some are not judged; scores with many ties. */
    private static List<String> run(Random random) {
        List<String> lines = new ArrayList<>();
        for (int query = 10; query < 50; query++) {
            int rank = 0;
            for (int document : documents(random, 1 + random.nextInt(150))) {
                double score = switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(5);
                    case 1 -> 1 + random.nextInt(9) * 1e-9; // equal as floats
                    case 2 -> random.nextBoolean() ? 0.0 : -0.0;
                    default -> random.nextGaussian();
                };
                lines.add("q" + query + " Q0 " + id(document) + " " + rank++ + " " + score + " tag");
            }
        }
        Collections.shuffle(lines, random);
        return lines;
    }

    private static List<Integer> documents(Random random, int count) {
        return random.ints(0, 200).distinct().limit(count).boxed().toList();
    }

    /** The last two kinds sort one way as UTF-16 and the other way as bytes. */
    private static String id(int document) {
        return switch (document % 4) {
            case 0 -> "d" + document;
            case 1 -> "D-" + document;
            case 2 -> "\uff21" + document;
            default -> "\ud835\udd38" + document;
        };
    }
}
