package io.skiff.encoder.onnx;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens of a model by their ids.
 *
 * @param tokens by id; null where the tokenizer leaves a gap
 * @param special ids of tokens that stand for no text, such as {@code [CLS]}
 * @param tokenizerJson the tokenizer in HuggingFace's format
 */
record Vocabulary(String[] tokens, BitSet special, String tokenizerJson) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> BERT_SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    /**
     * Reads {@code tokenizer.json}, or makes one of a BERT {@code vocab.txt}.
     *
     * @throws IOException if the file is neither
     */
    static Vocabulary read(Path file) throws IOException {
        String text = Files.readString(file);
        if (file.getFileName().toString().endsWith(".txt")) {
            return ofTokenizerJson(file, bertTokenizer(file, text.lines().toList()));
        }
        return ofTokenizerJson(file, text);
    }

    /** The ids of the tokens. */
    Map<String, Integer> ids() {
        Map<String, Integer> ids = HashMap.newHashMap(tokens.length);
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id] != null) {
                ids.put(tokens[id], id);
            }
        }
        return ids;
    }

    /** A fingerprint of which token has which id, 16 hexadecimal digits: equal vocabularies, equal fingerprints. */
    String fingerprint() {
        MessageDigest digest = ModelFingerprint.sha256();
        for (String token : tokens) {
            digest.update((token == null ? "" : token).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, Long.BYTES);
    }

    private static Vocabulary ofTokenizerJson(Path file, String text) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IOException(file + ": not JSON: " + e.getOriginalMessage(), e);
        }
        Map<Integer, String> byId = new HashMap<>();
        JsonNode vocabulary = json.path("model").path("vocab");
        if (vocabulary.isObject()) {
            vocabulary.properties().forEach(entry -> byId.put(entry.getValue().asInt(-1), entry.getKey()));
        } else if (vocabulary.isArray()) {
            for (int id = 0; id < vocabulary.size(); id++) {
                byId.put(id, vocabulary.get(id).path(0).asString(""));
            }
        } else {
            throw new IOException(file + ": no tokenizer of HuggingFace's format: it has no vocabulary at model.vocab");
        }
        BitSet special = new BitSet();
        for (JsonNode added : json.path("added_tokens")) {
            int id = added.path("id").asInt(-1);
            byId.put(id, added.path("content").asString(""));
            if (id >= 0 && added.path("special").asBoolean(false)) {
                special.set(id);
            }
        }
        int largest = byId.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
        if (largest < 0 || byId.containsKey(-1) || largest > 1 << 24) {
            throw new IOException(file + ": its token ids must be whole numbers from 0 to " + (1 << 24));
        }
        String[] tokens = new String[largest + 1];
        byId.forEach((id, token) -> tokens[id] = token);
        return new Vocabulary(tokens, special, text);
    }

    /** The tokenizer of an uncased BERT: the one that {@code vocab.txt} belongs to. */
    private static String bertTokenizer(Path file, List<String> lines) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < lines.size(); id++) {
            ids.putIfAbsent(lines.get(id).strip(), id);
        }
        for (String special : BERT_SPECIAL) {
            if (!special.equals("[MASK]") && !ids.containsKey(special)) {
                throw new IOException(
                        file + ": not the vocabulary of a BERT model: no line is " + special + "; give tokenizer.json");
            }
        }
        ObjectNode json = JSON.createObjectNode();
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        for (String special : BERT_SPECIAL) {
            if (ids.containsKey(special)) {
                json.withArray("added_tokens")
                        .addObject()
                        .put("id", ids.get(special))
                        .put("content", special)
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true);
            }
        }
        json.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", true);
        json.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        ObjectNode template = json.putObject("post_processor").put("type", "TemplateProcessing");
        for (String shape : List.of("single", "pair")) {
            special(template, shape, "[CLS]", 0);
            sequence(template, shape, "A", 0);
            special(template, shape, "[SEP]", 0);
        }
        sequence(template, "pair", "B", 1);
        special(template, "pair", "[SEP]", 1);
        for (String special : List.of("[CLS]", "[SEP]")) {
            ObjectNode entry = template.withObjectProperty("special_tokens").putObject(special);
            entry.put("id", special).putArray("ids").add(ids.get(special));
            entry.putArray("tokens").add(special);
        }
        json.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = json.putObject("model").put("type", "WordPiece").put("unk_token", "[UNK]");
        model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
        ObjectNode vocabulary = model.putObject("vocab");
        ids.forEach(vocabulary::put);
        StringWriter text = new StringWriter();
        JSON.writeValue(text, json);
        return text.toString();
    }

    private static void special(ObjectNode template, String shape, String token, int type) {
        template.withArray(shape)
                .addObject()
                .putObject("SpecialToken")
                .put("id", token)
                .put("type_id", type);
    }

    private static void sequence(ObjectNode template, String shape, String name, int type) {
        template.withArray(shape)
                .addObject()
                .putObject("Sequence")
                .put("id", name)
                .put("type_id", type);
    }
}
