package io.skiff.server.page;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.onnx.ExecutionOptions;
import io.skiff.index.BuildOptions;
import io.skiff.server.collection.Collections;
import io.skiff.server.http.SkiffServer;
import io.skiff.server.ingest.DocumentSource;
import io.skiff.server.ingest.IndexJob;
import io.skiff.server.ingest.IndexOptions;
import io.skiff.server.ingest.InputFormat;
import io.skiff.server.ingest.LineSource;
import io.skiff.server.ingest.TextEncoding;
import io.skiff.server.model.WordModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A server over {@code boats}, made with BM25 and a model, and {@code plain}, made with BM25 alone. */
final class PageFixture implements AutoCloseable {
    private static final List<Map<String, String>> DOCUMENTS = List.of(
            document(
                    "1",
                    "Small boats",
                    "A skiff is a small boat for one or two people. It is rowed or sailed near the"
                            + " shore, and is easy to pull up a beach. Small boats are cheap to keep."),
            document(
                    "2",
                    "The sea",
                    "Ships cross the sea with people and goods. The largest carry more than any train."),
            document("3", "Fishing", "Fish are caught from a boat with nets, or from the shore with a line."),
            document(
                    "4",
                    "Coral reefs",
                    "A reef is built by coral in warm and shallow sea. Fish hide in it, and a boat"
                            + " that comes too near may be lost."),
            document("5", "Harbour", "A harbour shelters a ship from the open sea while it is loaded."),
            document("6", "Sails", "The sail of a small boat is trimmed by hand, and that of a ship by a crew."),
            document("7", "Trains", "A train runs on rails, and no boat can follow it over land."),
            document(
                    "<b>8</b>",
                    "<img src=x onerror=\"window.xss=1\"> harmless",
                    "Nothing </p><script>window.xss=2</script> in it is &lt;more&gt; than text, a boat perhaps."));

    private final Collections collections;
    private final SkiffServer server;

    PageFixture(Path folder) throws IOException {
        Path corpus = folder.resolve("corpus.jsonl");
        Files.write(
                corpus,
                DOCUMENTS.stream().map(JsonMapper.shared()::writeValueAsString).toList());
        Path model = model().write(folder.resolve("words"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Bm25Encoder.Parameters parameters = Bm25Encoder.Parameters.DEFAULT;
        index(corpus, data.resolve("boats"), new TextEncoding.Both(parameters, model, ExecutionOptions.DEFAULT));
        index(corpus, data.resolve("plain"), new TextEncoding.Bm25(parameters));
        collections = Collections.open(data);
        server = SkiffServer.start(collections, "127.0.0.1", 0);
    }

    private static Map<String, String> document(String id, String title, String text) {
        return Map.of("_id", id, "title", title, "text", text);
    }

    private static WordModel model() {
        return new WordModel(
                        "small", "boat", "##s", "ship", "sea", "fish", "coral", "reef", "sail", "shore", "people",
                        "vessel", "ocean", "harbour", "water", "train")
                .expand("boat", "ship", .9)
                .expand("boat", "vessel", .8)
                .expand("ship", "vessel", .9)
                .expand("ship", "boat", .6)
                .expand("sea", "ocean", .9)
                .expand("sea", "water", .7)
                .expand("reef", "coral", .5)
                .expand("fish", "water", .6)
                .expand("sail", "boat", .4);
    }

    private static void index(Path corpus, Path directory, TextEncoding encoding) throws IOException {
        try (DocumentSource source = LineSource.open(List.of(corpus.toString()), Optional.of(InputFormat.BEIR))
                .source()) {
            IndexOptions options = new IndexOptions(directory, false, encoding, BuildOptions.DEFAULT, 2, false);
            IndexJob.run(source, options, (from, count) -> {});
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.address().getPort();
    }

    @Override
    public void close() {
        server.close();
        collections.close();
    }
}
