package io.skiff.server.rest.highlight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.encoder.Bm25Encoder;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.ExecutionOptions;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.server.model.WordModel;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.Json;
import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.RestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** From the source of a hit and what tokens did for it to what is shown. */
class HitHighlighterTest {
    private static final Bm25Encoder BM25 = Bm25Encoder.of(Bm25Encoder.Parameters.DEFAULT, 10);
    private static final String SOURCE = """
            {"title": "Small boats", "text": "A skiff is a small boat. It carries one. Boating is fun!",
             "tags": ["boat", "other", "boats"], "author": {"name": "A. Boat <b>"}, "n": 7}
            """;

    @TempDir
    private Path folder;

    private static HitHighlight highlight(String options, String source, TokenScore... scores) {
        return highlighter(options, Map.of("text", BM25, "title", BM25))
                .of(source.getBytes(StandardCharsets.UTF_8), List.of(scores));
    }

    private static HitHighlighter highlighter(String options, Map<String, SparseEncoder> encoders) {
        Highlight highlight = JsonReader.read(options.getBytes(StandardCharsets.UTF_8), HighlightParser::parse);
        return new HitHighlighter(
                highlight, field -> Optional.ofNullable(encoders.get(field)), false, new Cancellation());
    }

    private static TokenScore of(String token, double score) {
        return new TokenScore("text", token, score);
    }

    @Test
    void wordsAreMarkedAsTheAnalyzerFindsThem() {
        HitHighlight shown =
                highlight("{\"fields\": {\"text\": {}, \"title\": {}}}", SOURCE, of("boat", 2), of("small", 1));
        Map<String, List<String>> expected = new LinkedHashMap<>();
        expected.put(
                "text", List.of("A skiff is a <em>small</em> <em>boat</em>. It carries one. <em>Boating</em> is fun!"));
        expected.put("title", List.of("<em>Small</em> <em>boats</em>"));
        assertEquals(expected, shown.fragments());
        assertEquals(List.of(), shown.expansions());
        assertEquals(List.of(), shown.notes());
    }

    @Test
    void theBestPassagesComeInTheirOrderOrByScore() {
        String options = "{\"fields\": {\"text\": {\"fragment_size\": 20, \"number_of_fragments\": 2%s}}}";
        TokenScore[] scores = {of("skiff", 1), of("carri", 3), of("fun", 4)};
        assertEquals(
                List.of("It <em>carries</em> one.", "Boating is <em>fun</em>!"),
                highlight(options.formatted(""), SOURCE, scores).fragments().get("text"));
        assertEquals(
                List.of("Boating is <em>fun</em>!", "It <em>carries</em> one."),
                highlight(options.formatted(", \"order\": \"score\""), SOURCE, scores)
                        .fragments()
                        .get("text"));
    }

    @Test
    void tagsAreByWhatWordsDid() {
        String options = "{\"number_of_fragments\": 0, \"pre_tags\": [\"<1>\", \"<2>\"],"
                + " \"post_tags\": [\"</1>\", \"</2>\"], \"fields\": {\"text\": {}}}";
        assertEquals(
                List.of("A <2>skiff</2> is a small <1>boat</1>. It carries one. <1>Boating</1> is fun!"),
                highlight(options, SOURCE, of("boat", 4), of("skiff", 1))
                        .fragments()
                        .get("text"));
        String styled = "{\"tags_schema\": \"styled\", \"fields\": {\"title\": {}}}";
        assertEquals(
                List.of("Small <em class=\"hlt1\">boats</em>"),
                highlight(styled, SOURCE, of("boat", 4)).fragments().get("title"));
    }

    @Test
    void whatIsNoTagIsEscapedWhereAskedFor() {
        String source = "{\"text\": \"<script>alert('boat')</script> & \\\"boat\\\"/x\"}";
        assertEquals(
                List.of("&lt;script&gt;alert(&#x27;<em>boat</em>&#x27;)&lt;&#x2F;script&gt; &amp;"
                        + " &quot;<em>boat</em>&quot;&#x2F;x"),
                highlight("{\"encoder\": \"html\", \"fields\": {\"text\": {}}}", source, of("boat", 1))
                        .fragments()
                        .get("text"));
        assertEquals(
                List.of("&lt;script&gt;alert("),
                highlight(
                                "{\"encoder\": \"html\", \"fields\": {\"text\": {\"no_match_size\": 14}}}",
                                source.replace("alert(", "alert( "),
                                of("none", 1))
                        .fragments()
                        .get("text"));
    }

    @Test
    void fieldsOfOtherTextsAreNamedUnlessAskedForAllTheSame() {
        HitHighlight strict = highlight("{\"fields\": {\"tags\": {}, \"nowhere\": {}}}", SOURCE, of("boat", 1));
        assertEquals(Map.of(), strict.fragments());
        assertEquals(2, strict.notes().size(), strict.notes().toString());
        assertTrue(
                strict.notes().getFirst().contains("[tags] is not what field [text]"),
                strict.notes().getFirst());
        assertEquals("the document has no text under [nowhere]", strict.notes().getLast());
        HitHighlight lax = highlight(
                "{\"require_field_match\": false, \"fields\": {\"t*\": {}, \"author.name\": {}}}",
                SOURCE,
                of("boat", 1));
        assertEquals(
                List.of("title", "text", "tags", "author.name"),
                List.copyOf(lax.fragments().keySet()));
        assertEquals(List.of("<em>boat</em>", "<em>boats</em>"), lax.fragments().get("tags"));
        assertEquals(List.of("<em>Boat</em> <b>"), lax.fragments().get("author.name"));
        HitHighlight matched =
                highlight("{\"fields\": {\"tags\": {\"matched_fields\": [\"text\"]}}}", SOURCE, of("boat", 1));
        assertEquals(
                List.of("<em>boat</em>", "<em>boats</em>"), matched.fragments().get("tags"));
    }

    /** Where the index has the parts of names too, as the demo's has. */
    @Test
    void partsOfWordsWrittenAsOneAreFound() {
        String source =
                "{\"title\": \"Timer.scheduleAtFixedRate(TimerTask x)\", \"text\": \"HTTPServer, r\u00e9sum\u00e9Time2\"}";
        HitHighlight shown = highlight(
                "{\"fields\": {\"title\": {}, \"text\": {}}}",
                source,
                of("schedul", 1),
                of("timer", 1),
                of("server", 1),
                of("2", 1),
                of("nowhere", 1));
        assertEquals(
                List.of("<em>Timer</em>.<em>schedule</em>AtFixedRate(<em>Timer</em>Task x)"),
                shown.fragments().get("title"));
        assertEquals(
                List.of("HTTP<em>Server</em>, r\u00e9sum\u00e9Time<em>2</em>"),
                shown.fragments().get("text"));
        assertEquals(1, shown.expansions().size());
    }

    @Test
    void nothingIsLookedForBehindTheOffset() {
        assertEquals(
                List.of("A skiff is a small <em>boat</em>. It carries one. Boating is fun!"),
                highlight("{\"fields\": {\"text\": {\"max_analyzed_offset\": 30}}}", SOURCE, of("boat", 1))
                        .fragments()
                        .get("text"));
    }

    @Test
    void whatIsNoJsonHasNothingToShow() {
        HitHighlight shown = highlight("{\"fields\": {\"text\": {}}}", "no json", of("boat", 1));
        assertEquals(Map.of(), shown.fragments());
        assertEquals(1, shown.expansions().size());
    }

    /** "ship" stands nowhere: "boat" gives it most, in the title; "sea" is in the text; "deck" came from nothing known. */
    @Test
    void expansionsAreShownAtTheWordsThatMadeThem() throws IOException {
        Path model = new WordModel("boat", "sail", "ship", "sea", "##s", "deck")
                .expand("boat", "ship", .9)
                .expand("sail", "ship", .5)
                .expand("[CLS]", "deck", .4)
                .write(folder.resolve("model"));
        String source = "{\"title\": \"Boats\", \"text\": \"sail the sea\"}";
        List<TokenScore> scores = List.of(
                new TokenScore("learned", "ship", 3),
                new TokenScore("learned", "sea", 2),
                new TokenScore("learned", "deck", 1),
                new TokenScore("given", "sea", 4));
        try (OnnxEncoder encoder = OnnxEncoder.open(model, ExecutionOptions.DEFAULT)) {
            String options = "{\"require_field_match\": false, \"fields\": {\"title\": {}, \"text\": {}}}";
            HitHighlight shown = highlighter(options, Map.of("learned", encoder))
                    .of(source.getBytes(StandardCharsets.UTF_8), scores);
            assertEquals(
                    Map.of("title", List.of("<em>Boats</em>"), "text", List.of("sail the <em>sea</em>")),
                    shown.fragments());
            assertEquals(
                    List.of(
                            new HitHighlight.Expansion("given", "sea", 4, .4, List.of()),
                            new HitHighlight.Expansion(
                                    "learned",
                                    "ship",
                                    3,
                                    .3,
                                    List.of(new HitHighlight.Origin("title", 0, 0, 5, "Boats"))),
                            new HitHighlight.Expansion("learned", "deck", 1, .1, List.of())),
                    shown.expansions());
            Word.Token token = shown.texts()
                    .get("title")
                    .getFirst()
                    .words()
                    .getFirst()
                    .tokens()
                    .getFirst();
            assertEquals(new Word.Token("learned", "ship", 3, true), token);
        }
    }

    @Test
    void modelsReadSoManyTextsAndNoMore() throws IOException {
        Path model = new WordModel("boat", "ship").expand("boat", "ship", 1).write(folder.resolve("model"));
        byte[] source = "{\"text\": \"boat\"}".getBytes(StandardCharsets.UTF_8);
        List<TokenScore> scores = List.of(of("ship", 1));
        try (OnnxEncoder encoder = OnnxEncoder.open(model, ExecutionOptions.DEFAULT)) {
            HitHighlighter highlighter = highlighter("{\"fields\": {\"text\": {}}}", Map.of("text", encoder));
            for (int i = 0; i < HitHighlighter.MAX_MODEL_TEXTS; i++) {
                assertEquals(
                        List.of("<em>boat</em>"),
                        highlighter.of(source, scores).fragments().get("text"));
            }
            RestException refused = assertThrows(RestException.class, () -> highlighter.of(source, scores));
            assertTrue(refused.getMessage().contains("at most 100 texts"), refused.getMessage());
        }
    }

    @Test
    void theAnswerHasElasticsearchsShapeAndSkiffsBesideIt() {
        HitHighlight shown = highlight("{\"fields\": {\"title\": {}}}", SOURCE, of("boat", 2), of("ocean", 2));
        String json = new String(
                Json.write(false, out -> {
                    out.writeStartObject();
                    shown.write(out);
                    out.writeObjectPropertyStart("_skiff");
                    shown.writeExtras(out, true);
                    out.writeEndObject();
                    out.writeEndObject();
                }),
                StandardCharsets.UTF_8);
        String expected = """
                {"highlight": {"title": ["Small <em>boats</em>"]},
                 "_skiff": {
                  "words": {"title": [{
                    "passages": [{"start": 0, "end": 11, "score": 2.0}],
                    "words": [{"start": 6, "end": 11, "score": 2.0, "tokens": [
                      {"field": "text", "token": "boat", "score": 2.0, "expansion": false}]}]}]},
                  "expansions": [{"field": "text", "token": "ocean", "score": 2.0, "share": 0.5, "words": []}]}}
                """;
        assertEquals(JsonMapper.shared().readTree(expected), JsonMapper.shared().readTree(json));
    }
}
