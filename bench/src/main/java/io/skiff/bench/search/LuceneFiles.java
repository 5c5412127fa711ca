package io.skiff.bench.search;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.store.Directory;

/**
 * The sizes of a Lucene index by file extension.
 *
 * @param bytes size in bytes by extension
 */
record LuceneFiles(Map<String, Long> bytes) {
    /** Postings (doc), their metadata (psm), and the term dictionary (tim, tip, tmd). */
    private static final Set<String> POSTINGS = Set.of("doc", "psm", "tim", "tip", "tmd");

    static LuceneFiles of(Directory directory) throws IOException {
        Map<String, Long> bytes = new TreeMap<>();
        for (String file : directory.listAll()) {
            int dot = file.lastIndexOf('.');
            if (dot > 0) {
                bytes.merge(file.substring(dot + 1), directory.fileLength(file), Long::sum);
            }
        }
        return new LuceneFiles(bytes);
    }

    long postingsBytes() {
        return bytes.entrySet().stream()
                .filter(entry -> POSTINGS.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    String counted() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> entry : bytes.entrySet()) {
            if (POSTINGS.contains(entry.getKey())) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(String.format(".%s %,d B", entry.getKey(), entry.getValue()));
            }
        }
        return text.toString();
    }
}
