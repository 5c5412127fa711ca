package io.skiff.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The terms of a build in the order in which they are written: by field name, then by token, comparing bytes. */
final class SortedTerms {
    private record Token(byte[] bytes, int number) {}

    private final List<FieldBuild> fields;
    private final int[] firstTermIds;
    private final byte[][] tokens;
    private final int[] termIds;
    private final int[] fieldOfTerm;

    /** Sorts the terms of fields, {@code termCount} in all, which are numbered over all fields as they appeared. */
    SortedTerms(List<FieldBuild> unsortedFields, int termCount) {
        fields = new ArrayList<>(unsortedFields);
        fields.sort(Comparator.comparing(FieldBuild::nameBytes, Arrays::compareUnsigned));
        firstTermIds = new int[fields.size() + 1];
        tokens = new byte[termCount][];
        termIds = new int[termCount];
        fieldOfTerm = new int[termCount];
        int termId = 0;
        for (int field = 0; field < fields.size(); field++) {
            List<Token> ofField = new ArrayList<>(fields.get(field).terms().size());
            fields.get(field)
                    .terms()
                    .forEachInt(
                            (token, number) -> ofField.add(new Token(token.getBytes(StandardCharsets.UTF_8), number)));
            ofField.sort(Comparator.comparing(Token::bytes, Arrays::compareUnsigned));
            for (Token token : ofField) {
                tokens[termId] = token.bytes();
                fieldOfTerm[termId] = field;
                termIds[token.number()] = termId++;
            }
            firstTermIds[field + 1] = termId;
        }
    }

    List<FieldBuild> fields() {
        return fields;
    }

    int termCount() {
        return tokens.length;
    }

    /** The first termId of the field at a position, or, for the number of fields, the number of terms. */
    int firstTermId(int field) {
        return firstTermIds[field];
    }

    byte[] token(int termId) {
        return tokens[termId];
    }

    /** The position of a term's field. */
    int fieldOf(int termId) {
        return fieldOfTerm[termId];
    }

    /** The termId of the term of a number. */
    int termId(int number) {
        return termIds[number];
    }
}
