package io.skiff.server.ciff;

import io.skiff.index.SparseVector;
import io.skiff.server.ingest.InputRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes and reads CIFF files for tests. */
final class CiffFile {
    private CiffFile() {}

    /** The file of some documents: term frequencies by term, the n-th document having the id {@code doc-n}. */
    static byte[] of(List<Map<String, Integer>> documents) throws IOException {
        SortedMap<String, SortedMap<Integer, Integer>> lists = new TreeMap<>();
        for (int d = 0; d < documents.size(); d++) {
            for (Map.Entry<String, Integer> entry : documents.get(d).entrySet()) {
                lists.computeIfAbsent(entry.getKey(), term -> new TreeMap<>()).put(d, entry.getValue());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ProtoBuffer message = new ProtoBuffer();
        message.number(CiffFields.HEADER_VERSION, CiffFields.VERSION);
        message.number(CiffFields.HEADER_LISTS, lists.size());
        message.number(CiffFields.HEADER_DOCUMENTS, documents.size());
        message.real(CiffFields.HEADER_MEAN_LENGTH, 1.5);
        message.text(CiffFields.HEADER_DESCRIPTION, "for a test");
        // A field that no version knows yet.
        message.text(99, "from the future");
        message.writeTo(out);
        for (Map.Entry<String, SortedMap<Integer, Integer>> list : lists.entrySet()) {
            message.text(CiffFields.LIST_TERM, list.getKey());
            message.number(CiffFields.LIST_DF, list.getValue().size());
            int previous = 0;
            for (Map.Entry<Integer, Integer> posting : list.getValue().entrySet()) {
                message.pair(
                        CiffFields.LIST_POSTING,
                        CiffFields.POSTING_DOCID,
                        posting.getKey() - previous,
                        CiffFields.POSTING_TF,
                        posting.getValue());
                previous = posting.getKey();
            }
            message.writeTo(out);
        }
        for (int d = 0; d < documents.size(); d++) {
            message.number(CiffFields.RECORD_DOCID, d);
            message.text(CiffFields.RECORD_COLLECTION_DOCID, "doc-" + d);
            message.number(CiffFields.RECORD_LENGTH, 7);
            message.writeTo(out);
        }
        return out.toByteArray();
    }

    /** All documents of a file. */
    static List<InputRecord> read(Path file, Path scratch) throws IOException {
        List<InputRecord> records = new ArrayList<>();
        try (CiffSource source = CiffSource.open(file, scratch)) {
            Optional<InputRecord> next = source.next();
            while (next.isPresent()) {
                records.add(next.get());
                next = source.next();
            }
        }
        return records;
    }

    /** A document as it was given to {@link #of}. */
    static Map<String, Integer> asMap(InputRecord record) {
        SparseVector vector = record.vector().orElseThrow();
        Map<String, Integer> map = new HashMap<>();
        for (int i = 0; i < vector.size(); i++) {
            map.put(vector.token(i), (int) vector.weight(i));
        }
        return map;
    }
}
