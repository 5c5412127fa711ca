package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(MappedMemoryExtension.class)
class DocumentRulesTest {
    private static final SparseVector VECTOR = SparseVector.of(Map.of("kept", 1));

    @TempDir
    Path folder;

    static Stream<Arguments> refused() {
        Map<String, Integer> manyTokens = new HashMap<>();
        for (int i = 0; i <= Limits.MAX_VECTOR_TOKENS; i++) {
            manyTokens.put("t" + i, 1);
        }
        Map<String, SparseVector> manyFields = new HashMap<>();
        for (int i = 0; i <= Limits.MAX_FIELDS; i++) {
            manyFields.put("f" + i, VECTOR);
        }
        return Stream.of(
                Arguments.of(Document.of(null, "body", VECTOR), "no id"),
                Arguments.of(Document.of("", "body", VECTOR), "no id"),
                Arguments.of(Document.of("é".repeat(257), "body", VECTOR), "514 bytes of UTF-8, the limit is 512"),
                Arguments.of(Document.of("x\ud800", "body", VECTOR), "not well-formed Unicode"),
                Arguments.of(Document.of("first", "body", VECTOR), "document 'first' was added before"),
                Arguments.of(Document.of("x", "", VECTOR), "empty name"),
                Arguments.of(Document.of("x", "f".repeat(256), VECTOR), "256 bytes of UTF-8, the limit is 255"),
                Arguments.of(
                        Document.of("x", "body", SparseVector.of(Map.of("t".repeat(1025), 1))),
                        "1025 bytes of UTF-8, the limit is 1024"),
                Arguments.of(Document.of("x", "body", SparseVector.of(Map.of("\udc00", 1))), "not well-formed Unicode"),
                Arguments.of(Document.of("x", "body", SparseVector.of(manyTokens)), "65537 tokens, the limit is 65536"),
                Arguments.of(new Document("x", manyFields, new byte[0]), "more than 1000"),
                Arguments.of(
                        new Document("x", Map.of(), new byte[Limits.MAX_SOURCE_BYTES + 1]),
                        "source has 104857601 bytes, the limit is 104857600"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRefusedDocumentLeavesNothingAndTheBuildGoesOn(Document document, String expected) throws IOException {
        Path index = folder.resolve("index");
        try (IndexBuilder builder = IndexBuilder.create(index, Map.of(), false)) {
            builder.add(Document.of("first", "body", VECTOR));
            InvalidDocumentException e = assertThrows(InvalidDocumentException.class, () -> builder.add(document));
            assertTrue(e.getMessage().contains(expected), e.getMessage());
            builder.add(Document.of("last", "body", VECTOR));
            assertEquals(2, builder.commit().documentCount());
        }
        try (IndexReader reader = IndexReader.open(index)) {
            assertEquals(List.of("body"), List.copyOf(reader.fields().keySet()));
            SegmentReader segment = reader.segments().getFirst();
            assertEquals(1, segment.termCount());
            assertEquals("last", segment.externalId(1));
        }
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
    }

    @Test
    void whatIsExactlyAtTheLimitsIsKept() throws IOException {
        String id = "i".repeat(Limits.MAX_ID_BYTES);
        String field = "f".repeat(Limits.MAX_FIELD_NAME_BYTES);
        String token = "€".repeat(Limits.MAX_TOKEN_BYTES / 3) + "t";
        byte[] source = new byte[1 << 20];
        Path index = folder.resolve("index");
        TestDocuments.build(index, List.of(new Document(id, Map.of(field, SparseVector.of(Map.of(token, 1))), source)));
        try (IndexReader reader = IndexReader.open(index)) {
            SegmentReader segment = reader.segments().getFirst();
            assertEquals(id, segment.externalId(0));
            assertEquals(0, segment.termId(field, token));
            assertArrayEquals(source, segment.source(0));
        }
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
    }

    @Test
    void optionsOfAFieldWithAnImpossibleNameAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> IndexBuilder.create(folder.resolve("index"), Map.of("", FieldOptions.DEFAULT), false));
    }
}
