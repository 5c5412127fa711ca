package io.skiff.server.rest.explain;

import io.skiff.index.SegmentReader;
import io.skiff.scoring.SearchProfile;
import io.skiff.scoring.SegmentProfile;
import io.skiff.scoring.SparseQuery;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.explain.QueryTokens.FieldToken;
import io.skiff.server.rest.plan.QueryPlan;
import io.skiff.server.rest.plan.ScoreNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes what a search did as a member {@code profile}: Skiff's own in a member of that name, beside no shards. */
public final class ProfileWriter {
    private static final double NANOS_PER_MILLI = 1e6;

    private record Term(String field, String token) {}

    private final JsonGenerator json;
    private final Collection collection;

    /** Writes to {@code json} what was done on a collection. */
    public ProfileWriter(JsonGenerator json, Collection collection) {
        this.json = json;
        this.collection = collection;
    }

    /**
     * Writes the member.
     *
     * @param nanos time from the request to the hits, encoding and searching
     * @param fetchNanos time to read and write the hits
     */
    public void write(SearchTrace trace, long nanos, long fetchNanos) {
        json.writeObjectPropertyStart("profile");
        json.writeArrayPropertyStart("shards");
        json.writeEndArray();
        json.writeObjectPropertyStart("skiff");
        json.writeObjectPropertyStart("phases");
        millis("encode", trace.encodeNanos());
        millis("search", nanos - trace.encodeNanos());
        millis("fetch", fetchNanos);
        json.writeEndObject();
        json.writeArrayPropertyStart("searches");
        trace.searches().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(SearchTrace.Search search) {
        QueryPlan plan = search.origin().plan();
        json.writeStartObject();
        json.writeStringProperty(
                "plan",
                switch (plan) {
                    case QueryPlan.Uniform uniform -> "uniform";
                    case QueryPlan.Scored scored -> "dot_product";
                    case QueryPlan.Combined combined -> "scan";
                });
        millis("millis", search.nanos());
        json.writeArrayPropertyStart("terms");
        Map<Term, Double> weights = new LinkedHashMap<>();
        collect(plan.node(), weights);
        weights.forEach(this::write);
        json.writeEndArray();
        write("unknown", search.origin().tokens().unknown());
        write("pruned", search.origin().tokens().pruned());
        json.writeArrayPropertyStart("segments");
        for (SearchProfile profile : search.profiles()) {
            profile.segments().forEach(this::write);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void collect(ScoreNode node, Map<Term, Double> weights) {
        switch (node) {
            case ScoreNode.Product(SparseQuery query) -> {
                for (SparseQuery.Clause clause : query.clauses()) {
                    for (int i = 0; i < clause.vector().size(); i++) {
                        weights.merge(
                                new Term(clause.field(), clause.vector().token(i)),
                                (double) clause.boost() * clause.vector().weight(i),
                                Double::sum);
                    }
                }
            }
            case ScoreNode.Constant constant -> {
                // has no terms
            }
            case ScoreNode.Sum sum -> {
                sum.required().forEach(each -> collect(each, weights));
                sum.optional().forEach(each -> collect(each, weights));
            }
            case ScoreNode.Best best -> best.nodes().forEach(each -> collect(each, weights));
        }
    }

    private void write(Term term, double weight) {
        json.writeStartObject();
        json.writeStringProperty("field", term.field);
        json.writeStringProperty("token", term.token);
        json.writeNumberProperty("weight", weight);
        json.writeNumberProperty(
                "df", collection.reader().statistics(term.field).documentFrequency(term.token));
        json.writeNumberProperty("bound", weight * largestDocumentWeight(term));
        json.writeEndObject();
    }

    private double largestDocumentWeight(Term term) {
        int largest = 0;
        for (SegmentReader segment : collection.reader().segments()) {
            int termId = segment.termId(term.field, term.token);
            largest = termId < 0 ? largest : Math.max(largest, segment.largestImpact(termId));
        }
        double impact = largest;
        return collection
                .reader()
                .field(term.field)
                .map(field -> impact * field.quantizer().scale())
                .orElse(0.);
    }

    private void write(String name, List<FieldToken> tokens) {
        json.writeArrayPropertyStart(name);
        for (FieldToken token : tokens) {
            json.writeStartObject();
            json.writeStringProperty("field", token.field());
            json.writeStringProperty("token", token.token());
            json.writeNumberProperty("weight", token.weight());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(SegmentProfile segment) {
        boolean byBlocks =
                segment.way() == SegmentProfile.Way.BLOCK_MAX || segment.way() == SegmentProfile.Way.GAVE_UP_BLOCK_MAX;
        json.writeStartObject();
        json.writeNumberProperty("segment", segment.segment());
        json.writeStringProperty("way", segment.way().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("terms", segment.termCount());
        json.writeNumberProperty("essential_terms", segment.essentialCount());
        json.writeNumberProperty("postings", segment.postingCount());
        json.writeNumberProperty("blocks", segment.blockCount());
        json.writeNumberProperty("evaluated_blocks", segment.scoredBlockCount());
        json.writeNumberProperty("skipped_blocks", byBlocks ? segment.blockCount() - segment.scoredBlockCount() : 0);
        millis("bounds", segment.boundsNanos());
        millis("evaluation", segment.blocksNanos());
        millis("exhaustive", segment.exhaustiveNanos());
        json.writeEndObject();
    }

    private void millis(String name, long nanos) {
        json.writeNumberProperty(name, nanos / NANOS_PER_MILLI);
    }
}
