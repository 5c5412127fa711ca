package io.skiff.index.live;

import io.skiff.index.FieldOptions;
import io.skiff.index.Quantizer;
import io.skiff.index.store.DocumentStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The options of the fields of a live index, kept in its document store, where they are before the first document is. */
final class StoredFields {
    private static final String KEY = "fields";
    private static final String WANTED_KEY = "scales";

    private final DocumentStore store;
    private final Map<String, FieldOptions> options = new TreeMap<>();

    StoredFields(DocumentStore store) {
        this.store = store;
    }

    /** Tells the schema what was saved. */
    void load(LiveSchema schema) throws IOException {
        Optional<byte[]> stored = store.metadata(KEY);
        if (stored.isPresent()) {
            options.putAll(decode(stored.get()));
        }
        options.forEach(schema::define);
    }

    /** Adds the options of a field, durably. */
    void save(String field, FieldOptions fieldOptions) throws IOException {
        Map<String, FieldOptions> all = new TreeMap<>(options);
        all.put(field, fieldOptions);
        store.putMetadata(KEY, encode(all));
        options.put(field, fieldOptions);
    }

    /** What {@link #saveWantedScales} was told. */
    Map<String, Quantizer> wantedScales() throws IOException {
        Map<String, Quantizer> scales = new HashMap<>();
        Optional<byte[]> stored = store.metadata(WANTED_KEY);
        if (stored.isPresent()) {
            decode(stored.get())
                    .forEach((field, fieldOptions) ->
                            fieldOptions.quantizer().ifPresent(quantizer -> scales.put(field, quantizer)));
        }
        return scales;
    }

    /** Keeps, durably, the scales that fields are to have as soon as all segments were built again. */
    void saveWantedScales(Map<String, Quantizer> scales) throws IOException {
        Map<String, FieldOptions> all = new HashMap<>();
        scales.forEach((field, quantizer) -> all.put(field, new FieldOptions(Optional.of(quantizer), Map.of())));
        store.putMetadata(WANTED_KEY, encode(all));
    }

    private static byte[] encode(Map<String, FieldOptions> all) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(all.size());
        for (Map.Entry<String, FieldOptions> field : all.entrySet()) {
            out.writeUTF(field.getKey());
            FieldOptions fieldOptions = field.getValue();
            out.writeFloat(fieldOptions.quantizer().map(Quantizer::scale).orElse(0f));
            out.writeInt(fieldOptions.attributes().size());
            for (Map.Entry<String, String> attribute : fieldOptions.attributes().entrySet()) {
                out.writeUTF(attribute.getKey());
                out.writeUTF(attribute.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, FieldOptions> decode(byte[] stored) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored));
        Map<String, FieldOptions> all = new HashMap<>();
        for (int remaining = in.readInt(); remaining > 0; remaining--) {
            String name = in.readUTF();
            float scale = in.readFloat();
            Map<String, String> attributes = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                attributes.put(in.readUTF(), in.readUTF());
            }
            Optional<Quantizer> quantizer = scale == 0 ? Optional.empty() : Optional.of(new Quantizer(scale));
            all.put(name, new FieldOptions(quantizer, attributes));
        }
        return all;
    }
}
