package io.skiff.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.BuildOptions;
import io.skiff.index.Document;
import io.skiff.index.FieldOptions;
import io.skiff.index.IndexBuilder;
import io.skiff.index.IndexEditor;
import io.skiff.index.IndexReader;
import io.skiff.index.Quantizer;
import io.skiff.index.SegmentBuilder;
import io.skiff.index.SparseVector;
import io.skiff.index.blockmax.BlockMaxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that grow and shrink, one searcher reopened over each while the older ones go on. */
final class ReopenedSearcherTest {
    private static final String FIELD = "whole";
    private static final int VOCABULARY = 200;

    @TempDir
    Path directory;

    @Test
    void aReopenedSearcherFindsWhatANewOneDoes() throws IOException {
        Random random = Seed.random(77);
        Map<String, FieldOptions> fields = Map.of(FIELD, new FieldOptions(Optional.of(Quantizer.IDENTITY), Map.of()));
        BuildOptions options = BuildOptions.DEFAULT.withBlockMax(new BlockMaxOptions(0, 3));
        Path index = directory.resolve("index");
        try (IndexBuilder builder = IndexBuilder.create(index, fields, false, options)) {
            for (int i = 0; i < 300; i++) {
                builder.add(Document.of(
                        "first" + i, FIELD, Corpus.vector(random, VOCABULARY, 40, ReopenedSearcherTest::impact)));
            }
            builder.commit();
        }
        IndexReader older = IndexReader.open(index);
        Searcher searcher = new Searcher(older);
        for (int round = 0; round < 5; round++) {
            edit(index, random, round, options);
            IndexReader newer = IndexReader.open(index);
            Searcher reopened = searcher.reopened(newer);
            for (int i = 0; i < 60; i++) {
                SparseQuery query =
                        SparseQuery.of(FIELD, Corpus.vector(random, VOCABULARY, 20, uniform -> .1 + uniform));
                int k = 1 + random.nextInt(30);
                String what = "round " + round + ", query " + i + Seed.describe();
                assertEquals(
                        new Searcher(newer, SearchStrategy.EXHAUSTIVE)
                                .search(query, k)
                                .hits(),
                        reopened.search(query, k).hits(),
                        what);
                assertEquals(
                        new Searcher(older, SearchStrategy.EXHAUSTIVE)
                                .search(query, k)
                                .hits(),
                        searcher.search(query, k).hits(),
                        what);
            }
            older.close();
            older = newer;
            searcher = reopened;
        }
        older.close();
    }

    private static double impact(double uniform) {
        return 1 + Math.floor(uniform * 255);
    }

    private static void edit(Path index, Random random, int round, BuildOptions options) throws IOException {
        try (IndexEditor editor = IndexEditor.open(index);
                SegmentBuilder segment = editor.newSegment(Map.of(), options)) {
            int count = random.nextInt(1_500);
            for (int i = 0; i < count; i++) {
                SparseVector vector = Corpus.vector(random, VOCABULARY, 40, ReopenedSearcherTest::impact);
                segment.add(Document.of(round + "-" + i, FIELD, vector));
            }
            editor.append(segment);
            for (int i = 0; i < 20; i++) {
                editor.delete("first" + random.nextInt(300));
            }
            editor.commit();
        }
    }
}
