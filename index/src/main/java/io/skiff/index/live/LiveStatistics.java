package io.skiff.index.live;

import java.io.IOException;
import java.util.Optional;

/**
 * What a live index is and does.
 *
 * @param documents documents that are there, found already or not
 * @param searchableDocuments documents of the newest snapshot
 * @param deletedDocuments documents of the newest snapshot that are deleted and not yet merged away
 * @param segments segments of the newest snapshot
 * @param bufferedChanges changes that wait for a refresh
 * @param bufferedBytes about how much heap they take
 * @param lastSequenceNumber of the last acknowledged change, or -1
 * @param committedSequenceNumber of the last change that the last commit has, or -1
 * @param refreshes refreshes since the index was opened that changed something
 * @param mergesRunning merges that run now
 * @param mergesDone merges since the index was opened
 * @param saturatedWeights weights above the scale of their field, cut to the largest impact
 * @param segmentBytes bytes of the segments of the newest snapshot
 * @param storeBytes bytes of the document store's files
 * @param failure as {@link IndexWriter#failure()}
 */
public record LiveStatistics(
        long documents,
        long searchableDocuments,
        long deletedDocuments,
        int segments,
        long bufferedChanges,
        long bufferedBytes,
        long lastSequenceNumber,
        long committedSequenceNumber,
        long refreshes,
        int mergesRunning,
        long mergesDone,
        long saturatedWeights,
        long segmentBytes,
        long storeBytes,
        Optional<IOException> failure) {}
