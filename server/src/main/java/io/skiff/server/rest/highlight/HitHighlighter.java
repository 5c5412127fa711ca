package io.skiff.server.rest.highlight;

import io.skiff.encoder.SparseEncoder;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.PathPattern;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.highlight.HitHighlight.Expansion;
import io.skiff.server.rest.highlight.HitHighlight.MarkedText;
import io.skiff.server.rest.highlight.HitHighlight.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds what to show of the hits of one search. */
public final class HitHighlighter {
    /** Most texts of one search that a model reads to tell which words its expansions came from. */
    public static final int MAX_MODEL_TEXTS = 100;

    private final Highlight highlight;
    private final Function<String, Optional<SparseEncoder>> encoders;
    private final boolean titleIsField;
    private final Cancellation cancellation;
    private int modelTexts;

    /**
     * A highlighter for the hits of a search.
     *
     * @param encoders the encoder of a field, where it has one
     * @param titleIsField whether the index has a field of its own for titles, so that they are in no other
     * @param cancellation looked at before a model reads a text
     */
    public HitHighlighter(
            Highlight highlight,
            Function<String, Optional<SparseEncoder>> encoders,
            boolean titleIsField,
            Cancellation cancellation) {
        this.highlight = highlight;
        this.encoders = encoders;
        this.titleIsField = titleIsField;
        this.cancellation = cancellation;
    }

    /**
     * What to show of a hit.
     *
     * @param source as it is stored
     * @param scores what the tokens of the query did for it
     * @throws RestException if models would have to read more than {@value #MAX_MODEL_TEXTS} texts
     */
    public HitHighlight of(byte[] source, List<TokenScore> scores) {
        return new OfHit(SourceTexts.of(source), scores).find();
    }

    /** Counts, as each is a run of the model. */
    private FieldWords withOrigins(FieldWords words, SparseEncoder encoder, String field, Map<String, Double> scores) {
        cancellation.check();
        boolean needsModel = encoder.runsModelForOrigins()
                && !words.expansions().isEmpty()
                && !words.text().text().isBlank();
        if (needsModel && ++modelTexts > MAX_MODEL_TEXTS) {
            throw RestException.illegalArgument("[highlight] lets a model read at most " + MAX_MODEL_TEXTS
                    + " texts of one search, to tell which words its expansions came from; ask for fewer hits with"
                    + " [size]");
        }
        return words.withOrigins(encoder, field, scores);
    }

    /** One hit. */
    private final class OfHit {
        private final SourceTexts source;
        private final Map<String, Map<String, Double>> scores = new LinkedHashMap<>();
        private final Map<String, FieldWords> ofFields = new HashMap<>();
        private final List<String> notes = new ArrayList<>();

        OfHit(SourceTexts source, List<TokenScore> tokens) {
            this.source = source;
            tokens.forEach(token -> scores.computeIfAbsent(token.field(), field -> new LinkedHashMap<>())
                    .merge(token.token(), token.score(), Double::sum));
        }

        HitHighlight find() {
            Map<String, List<String>> fragments = new LinkedHashMap<>();
            Map<String, List<MarkedText>> texts = new LinkedHashMap<>();
            Set<String> shownFields = new LinkedHashSet<>();
            highlight
                    .fields()
                    .forEach((pattern, options) -> members(pattern).forEach(member -> {
                        List<String> searched = searched(member, options);
                        List<List<Word>> words = words(member, searched, options);
                        shownFields.addAll(searched);
                        List<String> tagged = tagged(member, words, options, texts);
                        if (!tagged.isEmpty()) {
                            fragments.putIfAbsent(member, tagged);
                        }
                    }));
            return new HitHighlight(fragments, texts, expansions(shownFields), notes);
        }

        private List<String> members(String pattern) {
            if (!pattern.contains("*")) {
                if (source.at(pattern).isEmpty()) {
                    notes.add("the document has no text under [" + pattern + "]");
                }
                return List.of(pattern);
            }
            return source.paths().stream()
                    .filter(path -> PathPattern.matches(pattern, path))
                    .toList();
        }

        /** The fields whose tokens are looked for in a member. */
        private List<String> searched(String member, Highlight.Options options) {
            List<String> searched = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (String field : scores.keySet()) {
                boolean asked = !options.requireFieldMatch()
                        || options.matchedFields().contains(field)
                        || (options.matchedFields().isEmpty() && isMadeOf(field, member));
                (asked ? searched : others).add(field);
            }
            if (searched.isEmpty() && !others.isEmpty() && !source.at(member).isEmpty()) {
                notes.add("[" + member + "] is not what " + (others.size() == 1 ? "field " : "fields ") + others
                        + " of the query was made from; [require_field_match]: false looks for the query's words there"
                        + " all the same");
            }
            return searched;
        }

        private boolean isMadeOf(String field, String member) {
            return field.equals(member) || encodedText(field).has(member);
        }

        private EncodedText encodedText(String field) {
            return EncodedText.of(field, source, titleIsField);
        }

        private List<List<Word>> words(String member, List<String> searched, Highlight.Options options) {
            List<FieldWords> fields = new ArrayList<>();
            for (String field : searched) {
                Optional<SparseEncoder> encoder = encoders.apply(field);
                if (encoder.isPresent()) {
                    FieldWords own = ofFields.computeIfAbsent(field, each -> ownWords(encoder.get(), each));
                    fields.add(
                            own.text().has(member)
                                    ? own
                                    : FieldWords.standingIn(
                                            EncodedText.ofMember(member, source),
                                            encoder.get(),
                                            field,
                                            scores.get(field)));
                }
            }
            List<List<Word>> words = new ArrayList<>();
            for (int value = 0; value < source.at(member).size(); value++) {
                words.add(FieldWords.in(member, value, fields).stream()
                        .filter(word -> word.end() <= options.maxOffset())
                        .toList());
            }
            return words;
        }

        /** In what the field was encoded from; of another text the model has never seen the words together. */
        private FieldWords ownWords(SparseEncoder encoder, String field) {
            Map<String, Double> ofField = scores.get(field);
            return withOrigins(
                    FieldWords.standingIn(encodedText(field), encoder, field, ofField), encoder, field, ofField);
        }

        private List<String> tagged(
                String member, List<List<Word>> words, Highlight.Options options, Map<String, List<MarkedText>> texts) {
            List<String> values = source.at(member);
            List<Passage> passages = Passages.of(values, words, options);
            Tagger tagger = new Tagger(options, Tagger.largest(words));
            if (passages.isEmpty()) {
                return values.isEmpty() || options.noMatchSize() == 0
                        ? List.of()
                        : List.of(tagger.beginning(values.getFirst()));
            }
            List<MarkedText> marked = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                int value = i;
                marked.add(new MarkedText(
                        words.get(i),
                        passages.stream()
                                .filter(passage -> passage.value() == value)
                                .toList()));
            }
            texts.putIfAbsent(member, marked);
            return passages.stream()
                    .map(passage -> tagger.tagged(passage, values.get(passage.value())))
                    .toList();
        }

        /** Of fields without an encoder every token is one: nobody knows which text they are of. */
        private List<Expansion> expansions(Set<String> fields) {
            double sum = scores.values().stream()
                    .flatMap(tokens -> tokens.values().stream())
                    .mapToDouble(Double::doubleValue)
                    .sum();
            List<Expansion> expansions = new ArrayList<>();
            for (String field : fields) {
                FieldWords words = ofFields.get(field);
                for (String token : words == null ? scores.get(field).keySet() : words.expansions()) {
                    double score = scores.get(field).get(token);
                    List<Origin> origins = words == null ? List.of() : origins(words, token);
                    expansions.add(new Expansion(field, token, score, score / sum, origins));
                }
            }
            expansions.sort(Comparator.comparingDouble(Expansion::score).reversed());
            return expansions;
        }

        private List<Origin> origins(FieldWords words, String token) {
            return words.placed().stream()
                    .filter(placed -> placed.token().token().equals(token))
                    .map(FieldWords.Placed::place)
                    .map(place -> new Origin(
                            place.member(),
                            place.value(),
                            place.start(),
                            place.end(),
                            source.at(place.member()).get(place.value()).substring(place.start(), place.end())))
                    .toList();
        }
    }
}
