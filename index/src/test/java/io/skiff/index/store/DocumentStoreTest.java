package io.skiff.index.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.index.InvalidDocumentException;
import io.skiff.index.store.WriteResult.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

class DocumentStoreTest {
    @TempDir
    private Path folder;

    @Test
    void keepsDocumentsWithRevisionsAcrossOpening() throws IOException {
        try (DocumentStore store = open()) {
            assertEquals(done("a", Outcome.CREATED, 0, 1, 1), store.write(put("a", "one")));
            assertEquals(done("a", Outcome.UPDATED, 1, 1, 2), store.write(put("a", "two")));
            assertEquals(done("b", Outcome.CREATED, 2, 1, 1), store.write(put("b", "three")));
            assertEquals(done("b", Outcome.DELETED, 3, 1, 2), store.write(Write.Delete.of("b")));
            assertEquals(done("none", Outcome.NOT_FOUND, 4, 1, 1), store.write(Write.Delete.of("none")));
            assertEquals(done("b", Outcome.CREATED, 5, 1, 3), store.write(put("b", "four")));
        }
        try (DocumentStore store = open()) {
            assertEquals(5, store.lastSequenceNumber());
            assertEquals(2, store.documentCount());
            Change.Stored a = store.get("a").orElseThrow();
            assertEquals(new Revision(1, 1, 2), a.revision());
            assertEquals("two", text(a.source()));
            assertEquals("four", text(store.get(5).orElseThrow().source()));
            assertEquals(Optional.empty(), store.get(2), "number 2 was superseded");
            assertEquals(Optional.empty(), store.get("none"));
            assertEquals(
                    done("a", Outcome.UPDATED, 6, 2, 3), store.write(put("a", "five")), "a new term after opening");
        }
        assertEquals(List.of(), StoreCheck.check(folder.resolve("store")));
    }

    @Test
    void derivedDataComesBackBesideTheSource() throws IOException {
        byte[] derived = {1, 2, 3};
        try (DocumentStore store = open()) {
            store.write(new Write.Put("a", bytes("source"), derived, Condition.ALWAYS));
            assertArrayEquals(derived, store.get("a").orElseThrow().derived());
            assertEquals("source", text(store.get("a").orElseThrow().source()));
        }
    }

    @Test
    void conditionsThatDoNotHoldChangeNothingAndSayWhatIsThere() throws IOException {
        try (DocumentStore store = open()) {
            store.write(put("a", "one"));
            Condition stale = new Condition.Unchanged(7, 1);
            Condition otherTerm = new Condition.Unchanged(0, 2);
            Condition current = new Condition.Unchanged(0, 1);
            Optional<Revision> there = Optional.of(new Revision(0, 1, 1));
            assertEquals(
                    List.of(
                            new WriteResult.Conflict("a", Condition.ABSENT, there),
                            new WriteResult.Conflict("a", stale, there),
                            new WriteResult.Conflict("a", otherTerm, there),
                            new WriteResult.Conflict("b", stale, Optional.empty()),
                            done("b", Outcome.CREATED, 1, 1, 1),
                            new WriteResult.Conflict("b", Condition.ABSENT, Optional.of(new Revision(1, 1, 1))),
                            done("a", Outcome.DELETED, 2, 1, 2),
                            new WriteResult.Conflict("a", current, Optional.empty()),
                            done("a", Outcome.CREATED, 3, 1, 3)),
                    store.write(List.of(
                            put("a", "x", Condition.ABSENT),
                            put("a", "x", stale),
                            put("a", "x", otherTerm),
                            new Write.Delete("b", stale),
                            put("b", "two", Condition.ABSENT),
                            put("b", "x", Condition.ABSENT),
                            new Write.Delete("a", current),
                            new Write.Delete("a", current),
                            put("a", "three", Condition.ABSENT))));
            assertEquals("three", text(store.get("a").orElseThrow().source()));
            assertEquals(2, store.documentCount());
        }
    }

    @Test
    void replayGivesTheLastChangeOfEachIdInOrder() throws IOException {
        try (DocumentStore store = open()) {
            store.write(put("a", "0"));
            store.write(put("b", "1"));
            store.write(put("a", "2"));
            store.write(Write.Delete.of("b"));
            store.write(put("c", "4"));
            assertEquals(List.of("a@2 2", "b@3 deleted", "c@4 4"), replayed(store, -1));
            assertEquals(List.of("b@3 deleted", "c@4 4"), replayed(store, 2));
            assertEquals(List.of(), replayed(store, 4));
            assertEquals(List.of(), replayed(store, 400));
        }
    }

    @Test
    void replayIsOfItsMomentHoweverLongItTakes() throws IOException {
        int count = 2_500; // several runs
        try (DocumentStore store = open()) {
            List<Write> writes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                writes.add(put("d" + i, "old"));
            }
            store.write(writes);
            List<String> seen = new ArrayList<>();
            store.replay(-1, change -> {
                if (seen.isEmpty()) {
                    store.write(writes.stream()
                            .map(write -> (Write) put(write.id(), "new"))
                            .toList());
                }
                seen.add(text(((Change.Stored) change).source()));
            });
            assertEquals(count, seen.size());
            assertTrue(seen.stream().allMatch("old"::equals), "a replay that saw writes made after it began");
            assertEquals(count, replayed(store, count - 1).size());
        }
    }

    @Test
    void forgottenDeletionsAreGoneAndLaterChangesAreNot() throws IOException {
        try (DocumentStore store = open()) {
            store.write(put("a", "0"));
            store.write(Write.Delete.of("a"));
            store.write(put("b", "2"));
            store.write(Write.Delete.of("b"));
            store.write(Write.Delete.of("c"));
            store.write(put("b", "5"));
            store.forgetDeletions(3);
            assertEquals(List.of("c@4 deleted", "b@5 5"), replayed(store, -1));
            assertEquals(done("a", Outcome.CREATED, 6, 1, 1), store.write(put("a", "6")));
        }
        assertEquals(List.of(), StoreCheck.check(folder.resolve("store")));
    }

    @Test
    void aSecondWriterIsRefusedByName() throws IOException {
        try (DocumentStore store = open()) {
            store.write(put("a", "0"));
            IOException refused = assertThrows(IOException.class, this::open);
            assertTrue(refused.getMessage().contains("is being written by this process"), refused::getMessage);
            assertTrue(refused.getMessage().contains(folder.resolve("store").toString()), refused::getMessage);
            store.write(put("b", "1"));
        }
        open().close();
    }

    @Test
    void whatIsClosedSaysSo() throws IOException {
        DocumentStore store = open();
        store.write(put("a", "0"));
        store.close();
        store.close();
        assertTrue(assertThrows(IOException.class, () -> store.get("a"))
                .getMessage()
                .contains("is closed"));
        assertTrue(assertThrows(IOException.class, () -> store.write(put("a", "0")))
                .getMessage()
                .contains("is closed"));
    }

    @Test
    void refusesIdsThatCannotBe() {
        assertThrows(InvalidDocumentException.class, () -> put("", "x"));
        assertThrows(InvalidDocumentException.class, () -> put("\ud800", "x"));
        assertThrows(InvalidDocumentException.class, () -> Write.Delete.of("é".repeat(257)));
        assertEquals("é".repeat(256), put("é".repeat(256), "x").id());
    }

    @Test
    void eachGroupIsSyncedBeforeItIsAcknowledged() throws IOException {
        try (Statistics statistics = new Statistics();
                DocumentStore store = DocumentStore.open(folder.resolve("store"), SyncPolicy.REQUEST, statistics)) {
            long before = statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
            for (int i = 1; i <= 10; i++) {
                store.write(put("d" + i, "x"));
                assertEquals(before + i, statistics.getTickerCount(TickerType.WAL_FILE_SYNCED));
            }
            assertEquals(10, store.groupCount());
        }
    }

    @Test
    void asyncSyncsAfterTheIntervalAndAtTheEnd() throws Exception {
        SyncPolicy often = new SyncPolicy.Async(Duration.ofMillis(1));
        SyncPolicy seldom = new SyncPolicy.Async(Duration.ofHours(1));
        try (Statistics statistics = new Statistics()) {
            long before;
            try (DocumentStore store = DocumentStore.open(folder.resolve("store"), seldom, statistics)) {
                before = statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
                store.write(put("a", "x"));
                assertEquals(before, statistics.getTickerCount(TickerType.WAL_FILE_SYNCED));
            }
            assertEquals(before + 1, statistics.getTickerCount(TickerType.WAL_FILE_SYNCED));
            try (DocumentStore store = DocumentStore.open(folder.resolve("store"), often, statistics)) {
                before = statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
                store.write(put("b", "x"));
                while (statistics.getTickerCount(TickerType.WAL_FILE_SYNCED) == before) {
                    Thread.sleep(1);
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> new SyncPolicy.Async(Duration.ZERO));
    }

    @Test
    void anotherPolicyHoldsAtOnce() throws Exception {
        SyncPolicy seldom = new SyncPolicy.Async(Duration.ofHours(1));
        SyncPolicy often = new SyncPolicy.Async(Duration.ofMillis(1));
        try (Statistics statistics = new Statistics();
                DocumentStore store = DocumentStore.open(folder.resolve("store"), seldom, statistics)) {
            long before = statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
            store.write(put("a", "x"));
            assertEquals(before, statistics.getTickerCount(TickerType.WAL_FILE_SYNCED));
            store.setSyncPolicy(SyncPolicy.REQUEST);
            assertEquals(before + 1, statistics.getTickerCount(TickerType.WAL_FILE_SYNCED));
            store.write(put("b", "x"));
            assertEquals(before + 2, statistics.getTickerCount(TickerType.WAL_FILE_SYNCED));
            store.setSyncPolicy(often);
            store.write(put("c", "x"));
            while (statistics.getTickerCount(TickerType.WAL_FILE_SYNCED) == before + 2) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void aCheckpointIsAStoreOfItsOwn() throws IOException {
        Path copy = folder.resolve("copy");
        try (DocumentStore store = open()) {
            store.write(put("a", "old"));
            store.checkpoint(copy);
            store.write(put("a", "new"));
        }
        try (DocumentStore store = DocumentStore.open(copy, SyncPolicy.REQUEST)) {
            assertEquals("old", text(store.get("a").orElseThrow().source()));
        }
    }

    @Test
    void aLogDamagedInTheMiddleIsAnErrorNotALoss() throws IOException {
        try (DocumentStore store = open()) {
            for (int i = 0; i < 100; i++) {
                store.write(put("d" + i, "x".repeat(1000)));
            }
            store.checkpoint(folder.resolve("copy")); // flushes; what follows is in the log alone
            for (int i = 0; i < 100; i++) {
                store.write(put("e" + i, "x".repeat(1000)));
            }
            copyAsAfterACrash(folder.resolve("store"), folder.resolve("crashed"));
        }
        Path log = newestLog(folder.resolve("crashed"));
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        IOException damaged = assertThrows(
                IOException.class, () -> DocumentStore.open(folder.resolve("crashed"), SyncPolicy.REQUEST));
        assertTrue(damaged.getMessage().contains("Corruption"), damaged::getMessage);
        assertTrue(damaged.getMessage().contains(folder.resolve("crashed").toString()), damaged::getMessage);
    }

    @Test
    void aLogCutAtItsEndLosesTheCutRecordAlone() throws IOException {
        try (DocumentStore store = open()) {
            for (int i = 0; i < 100; i++) {
                store.write(List.of(put("d" + i, "x".repeat(100)), put("e" + i, "x".repeat(100))));
            }
            copyAsAfterACrash(folder.resolve("store"), folder.resolve("crashed"));
        }
        Path log = newestLog(folder.resolve("crashed"));
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - 150));
        try (DocumentStore store = DocumentStore.open(folder.resolve("crashed"), SyncPolicy.REQUEST)) {
            assertEquals(198, store.documentCount(), "both of the last pair are gone");
            assertEquals(197, store.lastSequenceNumber());
        }
        assertEquals(List.of(), StoreCheck.check(folder.resolve("crashed")));
    }

    /** The files as they are, with the last ones of the log not yet put into tables. */
    private static void copyAsAfterACrash(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (var files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static Path newestLog(Path store) throws IOException {
        try (var files = Files.list(store)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private DocumentStore open() throws IOException {
        return DocumentStore.open(folder.resolve("store"), SyncPolicy.REQUEST);
    }

    private static List<String> replayed(DocumentStore store, long after) throws IOException {
        List<String> changes = new ArrayList<>();
        store.replay(
                after,
                change -> changes.add(change.id() + "@"
                        + change.revision().sequenceNumber() + " "
                        + (change instanceof Change.Stored stored ? text(stored.source()) : "deleted")));
        return changes;
    }

    private static WriteResult done(String id, Outcome outcome, long number, long term, long version) {
        return new WriteResult.Done(id, outcome, new Revision(number, term, version));
    }

    private static Write.Put put(String id, String source) {
        return Write.Put.of(id, bytes(source));
    }

    private static Write.Put put(String id, String source, Condition condition) {
        return new Write.Put(id, bytes(source), new byte[0], condition);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void checkFindsARecordThatIsMissing() throws Exception {
        try (DocumentStore store = open()) {
            store.write(put("a", "0"));
            store.write(put("b", "1"));
        }
        try (StoreDatabase database = StoreDatabase.open(folder.resolve("store"), false, null)) {
            database.db().delete(database.documents(), DocumentLayout.key(1));
        }
        List<String> problems = StoreCheck.check(folder.resolve("store"));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().endsWith("the record of sequence number 1 is missing"), problems::toString);
        assertInstanceOf(String.class, StoreCheck.check(folder.resolve("none")).getFirst());
    }
}
