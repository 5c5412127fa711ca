package io.skiff.index;

import java.util.List;

/**
 * What a build has written.
 *
 * @param documentCount documents in the index
 * @param postingCount postings of all fields
 * @param postingsBytes size of the structures that a search reads (postings, dictionary, block-max), in bytes
 * @param totalBytes size of all files, in bytes
 * @param fields the fields, by name
 */
public record IndexSummary(
        long documentCount, long postingCount, long postingsBytes, long totalBytes, List<FieldInfo> fields) {
    static IndexSummary of(Manifest manifest, long postingCount, long manifestBytes) {
        List<FileInfo> files = manifest.segments().stream()
                .flatMap(segment -> segment.files().stream())
                .toList();
        return new IndexSummary(
                manifest.documentCount(),
                postingCount,
                files.stream()
                        .filter(file -> file.kind().isSearched())
                        .mapToLong(FileInfo::fileBytes)
                        .sum(),
                files.stream().mapToLong(FileInfo::fileBytes).sum() + manifestBytes,
                manifest.fields());
    }

    /** Copies the list. */
    public IndexSummary {
        fields = List.copyOf(fields);
    }
}
