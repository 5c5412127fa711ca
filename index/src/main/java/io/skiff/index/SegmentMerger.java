package io.skiff.index;

import io.skiff.index.columns.ColumnReader;
import io.skiff.index.columns.ColumnValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the documents of segments to one that is being built, in order and without those that are deleted. Impacts stay
 * what they are, since the scale of a field is the index's.
 */
final class SegmentMerger {
    /** What a field loses with the documents that are left out. */
    static final class Dropped {
        private long documentCount;
        private long postingCount;

        long documentCount() {
            return documentCount;
        }

        long postingCount() {
            return postingCount;
        }
    }

    private final SegmentBuilder target;
    private final Map<String, Quantizer> quantizers;
    private final Map<String, Dropped> dropped = new HashMap<>();
    private final MergePace pace;

    /**
     * Into a segment that is empty yet.
     *
     * @param quantizers the scale of every field
     */
    SegmentMerger(SegmentBuilder target, Map<String, Quantizer> quantizers, MergePace pace) {
        this.target = target;
        this.quantizers = quantizers;
        this.pace = pace;
    }

    /** What was left out so far, by field. */
    Map<String, Dropped> dropped() {
        return dropped;
    }

    /** Adds the documents of a segment that are live. */
    void add(SegmentReader source, LiveDocs live) throws IOException {
        new DocumentPostings(source).forEach(new Adding(source, live));
    }

    /** Adds one segment: its fields and terms in the numbers of the one that is built. */
    private final class Adding implements DocumentPostings.Visitor {
        private static final int UNKNOWN = -1;

        private final SegmentReader source;
        private final LiveDocs live;
        private final List<TermDictionary.Field> fields;
        private final short[] fieldOfTerm;
        private final int[] numbers;
        private final float[][] weightOfImpact;
        private final int[] postingsOfField;
        private int[] terms = new int[256];
        private float[] weights = new float[256];

        Adding(SegmentReader source, LiveDocs live) {
            this.source = source;
            this.live = live;
            this.fields = source.terms().fields();
            this.numbers = new int[source.termCount()];
            Arrays.fill(numbers, UNKNOWN);
            this.fieldOfTerm = new short[source.termCount()];
            this.postingsOfField = new int[fields.size()];
            this.weightOfImpact = new float[fields.size()][Limits.MAX_IMPACT + 1];
            for (TermDictionary.Field field : fields) {
                Quantizer quantizer = quantizers.get(field.name());
                for (int impact = 1; impact <= Limits.MAX_IMPACT; impact++) {
                    weightOfImpact[field.number()][impact] = quantizer.weight(impact);
                }
                int end = field.firstTermId() + field.termCount();
                Arrays.fill(fieldOfTerm, field.firstTermId(), end, (short) field.number());
            }
        }

        @Override
        public void document(int docId, int[] termIds, byte[] impacts, int from, int to) throws IOException {
            pace.beforeDocument();
            Arrays.fill(postingsOfField, 0);
            boolean isLive = live.isLive(docId);
            if (isLive && terms.length < to - from) {
                terms = new int[2 * (to - from)];
                weights = new float[2 * (to - from)];
            }
            for (int i = from; i < to; i++) {
                int field = fieldOfTerm[termIds[i]];
                postingsOfField[field]++;
                if (isLive) {
                    terms[i - from] = number(termIds[i], field);
                    weights[i - from] = weightOfImpact[field][Byte.toUnsignedInt(impacts[i])];
                }
            }
            if (isLive) {
                target.addMerged(
                        source.idBytes(docId), columns(docId), source.source(docId), terms, weights, to - from);
            }
            count(isLive);
        }

        private int number(int termId, int field) {
            if (numbers[termId] == UNKNOWN) {
                numbers[termId] = target.term(fields.get(field).name(), source.token(termId));
            }
            return numbers[termId];
        }

        private void count(boolean isLive) {
            for (int field = 0; field < postingsOfField.length; field++) {
                if (postingsOfField[field] == 0) {
                    continue;
                }
                String name = fields.get(field).name();
                if (isLive) {
                    target.countDocument(name, postingsOfField[field]);
                } else {
                    Dropped of = dropped.computeIfAbsent(name, key -> new Dropped());
                    of.documentCount++;
                    of.postingCount += postingsOfField[field];
                }
            }
        }

        private Map<String, List<ColumnValue>> columns(int docId) {
            if (source.columns().isEmpty()) {
                return Map.of();
            }
            Map<String, List<ColumnValue>> values = new HashMap<>();
            source.columns().get().columns().forEach((name, column) -> {
                int count = column.valueCount(docId);
                if (count > 0) {
                    values.put(name, values(column, docId, count));
                }
            });
            return values;
        }

        private static List<ColumnValue> values(ColumnReader column, int docId, int count) {
            List<ColumnValue> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(column.value(column.ordinal(docId, i)));
            }
            return values;
        }
    }
}
