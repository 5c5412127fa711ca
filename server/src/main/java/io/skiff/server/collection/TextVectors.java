package io.skiff.server.collection;

import io.skiff.encoder.Chunk;
import io.skiff.encoder.Chunking;
import io.skiff.encoder.EncodingException;
import io.skiff.encoder.SparseEncoder;
import io.skiff.encoder.onnx.OnnxEncoder;
import io.skiff.index.SparseVector;
import io.skiff.index.SparseVectorBuilder;
import io.skiff.server.schema.ParsedDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Makes the vectors of a batch of documents, each field's texts together. The values of a text field are one text, a
 * line each. A semantic text is cut into chunks that its model reads whole, as are its further values, and has of each
 * token the largest weight in any of them.
 */
final class TextVectors {
    /** A chunk shares this part of its tokens with the one before. */
    private static final int OVERLAP_SHARE = 8;

    private final FieldEncoders encoders;

    TextVectors(FieldEncoders encoders) {
        this.encoders = encoders;
    }

    /**
     * The vectors of each document by field, those that the documents bring among them.
     *
     * @throws EncodingException if one of them cannot be encoded
     */
    List<Map<String, SparseVector>> of(List<ParsedDocument> documents) {
        List<Map<String, SparseVector>> vectors = new ArrayList<>(documents.size());
        TreeSet<String> textFields = new TreeSet<>();
        TreeSet<String> semanticFields = new TreeSet<>();
        for (ParsedDocument document : documents) {
            vectors.add(new LinkedHashMap<>(document.vectors()));
            textFields.addAll(document.texts().keySet());
            semanticFields.addAll(document.semanticTexts().keySet());
        }
        textFields.forEach(field -> addTexts(field, documents, vectors));
        semanticFields.forEach(field -> addSemanticTexts(field, documents, vectors));
        return vectors;
    }

    private void addTexts(String field, List<ParsedDocument> documents, List<Map<String, SparseVector>> vectors) {
        List<Integer> owners = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            List<String> values = documents.get(i).texts().get(field);
            if (values != null) {
                owners.add(i);
                texts.add(String.join("\n", values));
            }
        }
        List<SparseVector> encoded = encoders.encoder(field, texts).encodeDocuments(texts);
        for (int i = 0; i < encoded.size(); i++) {
            vectors.get(owners.get(i)).put(field, encoded.get(i));
        }
    }

    private void addSemanticTexts(
            String field, List<ParsedDocument> documents, List<Map<String, SparseVector>> vectors) {
        SparseEncoder encoder = encoders.encoder(field, List.of());
        List<Integer> owners = new ArrayList<>();
        List<String> chunks = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            for (String value : documents.get(i).semanticTexts().getOrDefault(field, List.of())) {
                for (String chunk : chunks(encoder, value)) {
                    owners.add(i);
                    chunks.add(chunk);
                }
            }
        }
        List<SparseVector> encoded = encoder.encodeDocuments(chunks);
        for (int i = 0; i < encoded.size(); i++) {
            vectors.get(owners.get(i)).merge(field, encoded.get(i), SparseVectorBuilder::largestOf);
        }
    }

    private static List<String> chunks(SparseEncoder encoder, String text) {
        if (!(encoder instanceof OnnxEncoder model)) {
            return List.of(text);
        }
        int tokens = model.largestChunkTokens();
        Chunking chunking = new Chunking(Chunking.Unit.SENTENCES, tokens, tokens / OVERLAP_SHARE);
        List<String> chunks = new ArrayList<>();
        for (Chunk chunk : model.chunks(text, chunking)) {
            chunks.add(text.substring(chunk.start(), chunk.end()));
        }
        return chunks;
    }
}
