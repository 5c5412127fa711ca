package io.skiff.server.rest.plan;

import io.skiff.index.SegmentReader;
import io.skiff.index.columns.ColumnReader;
import io.skiff.index.columns.ColumnValue;
import io.skiff.index.columns.ColumnsReader;
import io.skiff.index.columns.DocBits;
import io.skiff.index.columns.Filter;
import io.skiff.index.columns.FilterEvaluator;
import io.skiff.scoring.DocumentFilter;
import io.skiff.scoring.TokenMatches;
import io.skiff.server.chunk.ChunkId;
import io.skiff.server.collection.Collection;
import io.skiff.server.rest.Cancellation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the documents of sets in the segments of a collection. Safe for use by several threads. */
public final class SetEvaluator {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** One for all indexes: it is bounded as a whole. */
    private static final FilterCache CACHE = new FilterCache(FilterCache.MAX_BYTES);

    /** Sets of more tokens are hardly asked for twice. */
    private static final int MOST_CACHED_TOKENS = 16;

    private final Collection collection;

    /** Over the segments of a collection. */
    public SetEvaluator(Collection collection) {
        this.collection = collection;
    }

    /** A set as a search takes it; found once in each segment, however many parts the search goes in. */
    public DocumentFilter filter(DocumentSet set) {
        Map<Integer, long[]> found = new ConcurrentHashMap<>();
        return segment -> set.isEverything()
                ? null
                : found.computeIfAbsent(segment, each -> documents(set, each).words());
    }

    /** The documents of a set in a segment that are not deleted; the caller's to change. */
    public DocBits liveDocuments(DocumentSet set, int segment) {
        SegmentReader reader = collection.reader().segments().get(segment);
        DocBits live = DocBits.none(reader.documentCount());
        live.or(documents(set, segment));
        MemorySegment liveDocs = reader.liveDocs();
        if (liveDocs != null) {
            long[] words = live.words();
            for (int i = 0; i < words.length - 1; i++) {
                words[i] &= liveDocs.get(WORD, (long) i * Long.BYTES);
            }
        }
        return live;
    }

    /**
     * How many documents of a set are not deleted.
     *
     * @param cancellation looked at before each segment
     */
    public long count(DocumentSet set, Cancellation cancellation) {
        if (set.isEverything() || set.isNothing()) {
            return set.isEverything() ? collection.reader().liveDocumentCount() : 0;
        }
        long count = 0;
        for (int i = 0; i < collection.reader().segments().size(); i++) {
            cancellation.check();
            count += liveDocuments(set, i).cardinality();
        }
        return count;
    }

    /**
     * The documents of a set in a segment, deleted ones too; not to be changed.
     *
     * @param segment position in {@code IndexReader.segments()}
     */
    public DocBits documents(DocumentSet set, int segment) {
        SegmentReader reader = collection.reader().segments().get(segment);
        return switch (set) {
            case DocumentSet.All all -> DocBits.all(reader.documentCount());
            case DocumentSet.And(List<DocumentSet> sets) -> and(sets, segment);
            case DocumentSet.AtLeast(int minimum, List<DocumentSet> sets) -> atLeast(minimum, sets, segment);
            case DocumentSet.Not(DocumentSet inner) -> {
                DocBits bits = DocBits.all(reader.documentCount());
                bits.andNot(documents(inner, segment));
                yield bits;
            }
            case DocumentSet.Chosen(Map<Integer, DocBits> bySegment) ->
                bySegment.getOrDefault(segment, DocBits.none(reader.documentCount()));
            case DocumentSet.Ids(List<String> ids) -> ids(ids, reader);
            case DocumentSet.Columns(Filter filter) -> CACHE.get(reader, set, () -> columns(filter, reader));
            case DocumentSet.Keyword keyword -> CACHE.get(reader, set, () -> keyword(keyword, reader));
            case DocumentSet.Tokens tokens when tokens.tokens().size() > MOST_CACHED_TOKENS -> tokens(tokens, reader);
            case DocumentSet.Tokens tokens -> CACHE.get(reader, set, () -> tokens(tokens, reader));
            case DocumentSet.AnyToken(String field) -> CACHE.get(reader, set, () -> TokenMatches.any(reader, field));
        };
    }

    private static DocBits tokens(DocumentSet.Tokens set, SegmentReader segment) {
        return TokenMatches.atLeast(set.minimum(), segment, set.field(), set.tokens());
    }

    private DocBits none(int segment) {
        return DocBits.none(collection.reader().segments().get(segment).documentCount());
    }

    private DocBits and(List<DocumentSet> sets, int segment) {
        DocBits bits = none(segment);
        bits.flip();
        for (DocumentSet set : sets) {
            if (set instanceof DocumentSet.Not(DocumentSet inner)) {
                bits.andNot(documents(inner, segment));
            } else {
                bits.and(documents(set, segment));
            }
        }
        return bits;
    }

    /** Level i holds the documents that are in more than i of the sets so far. */
    private DocBits atLeast(int minimum, List<DocumentSet> sets, int segment) {
        DocBits[] levels = new DocBits[Math.min(minimum, sets.size() + 1)];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = none(segment);
        }
        for (DocumentSet set : sets) {
            DocBits bits = documents(set, segment);
            for (int i = levels.length - 1; i > 0; i--) {
                DocBits higher = none(segment);
                higher.or(bits);
                higher.and(levels[i - 1]);
                levels[i].or(higher);
            }
            levels[0].or(bits);
        }
        return levels[levels.length - 1];
    }

    private static DocBits columns(Filter filter, SegmentReader segment) {
        return SegmentColumns.of(segment)
                .map(columns -> new FilterEvaluator(columns).evaluate(filter))
                .orElseGet(() -> DocBits.none(segment.documentCount()));
    }

    /** Looks at every distinct keyword. */
    private static DocBits keyword(DocumentSet.Keyword wanted, SegmentReader segment) {
        ColumnsReader columns = SegmentColumns.of(segment).orElse(null);
        ColumnReader column =
                columns == null ? null : columns.column(wanted.column()).orElse(null);
        if (column == null) {
            return DocBits.none(segment.documentCount());
        }
        List<ColumnValue> values = new ArrayList<>();
        for (int ordinal = 0; ordinal < column.valueCount(); ordinal++) {
            ColumnValue value = column.value(ordinal);
            if (value instanceof ColumnValue.Keyword(String text) && isMeant(wanted, text)) {
                values.add(value);
            }
        }
        return new FilterEvaluator(columns).evaluate(new Filter.AnyOf(wanted.column(), values));
    }

    private static boolean isMeant(DocumentSet.Keyword wanted, String text) {
        String meant = wanted.text();
        if (wanted.prefix() ? text.length() < meant.length() : text.length() != meant.length()) {
            return false;
        }
        for (int i = 0; i < meant.length(); i++) {
            if (folded(meant.charAt(i)) != folded(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char folded(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter | 0x20) : letter;
    }

    private DocBits ids(List<String> ids, SegmentReader segment) {
        DocBits bits = DocBits.none(segment.documentCount());
        for (String id : ids) {
            if (collection.isChunked()) {
                addChunks(id, segment, bits);
            } else {
                int docId = segment.docId(id);
                if (docId >= 0) {
                    bits.set(docId);
                }
            }
        }
        return bits;
    }

    /** The chunks of a document are numbered without a gap, over all segments. */
    private void addChunks(String id, SegmentReader segment, DocBits bits) {
        boolean found = true;
        for (int number = 0; found; number++) {
            String chunk = new ChunkId(id, number).toString();
            int docId = segment.docId(chunk);
            if (docId >= 0) {
                bits.set(docId);
            }
            found = docId >= 0 || collection.reader().segments().stream().anyMatch(each -> each.docId(chunk) >= 0);
        }
    }
}
