package io.skiff.index.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Duration NEVER = Duration.ofHours(1);

    /** Holds the first group until it is let go, and notes the groups. */
    private static final class Held implements GroupCommit.Committer {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch let = new CountDownLatch(1);
        final List<Integer> groups = new ArrayList<>();

        @Override
        public List<List<WriteResult>> commitGroup(List<List<Write>> group) throws IOException {
            begun.countDown();
            try {
                let.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            groups.add(group.size());
            if (group.getFirst().getFirst().id().equals("bad")) {
                throw new IOException("no space");
            }
            return group.stream()
                    .map(writes -> writes.stream()
                            .map(write -> (WriteResult) new WriteResult.Done(
                                    write.id(), WriteResult.Outcome.CREATED, new Revision(0, 1, 1)))
                            .toList())
                    .toList();
        }

        @Override
        public void idle(boolean last) {
            // nothing is due
        }
    }

    @Test
    void thoseWhoComeDuringACommitShareTheNextOne() throws Exception {
        Held held = new Held();
        GroupCommit commits = new GroupCommit("test", NEVER, held);
        List<CompletableFuture<List<WriteResult>>> results = new ArrayList<>();
        results.add(commits.enqueue(List.of(Write.Delete.of("first"))));
        held.begun.await();
        for (int i = 0; i < 10; i++) {
            results.add(commits.enqueue(List.of(Write.Delete.of("d" + i))));
        }
        held.let.countDown();
        for (int i = 0; i < 10; i++) {
            assertEquals("d" + i, results.get(i + 1).get().getFirst().id());
        }
        assertEquals(List.of(1, 10), held.groups);
        commits.close();
        assertThrows(IOException.class, () -> commits.commit(List.of(Write.Delete.of("late"))));
    }

    @Test
    void aGroupIsBounded() throws Exception {
        Held held = new Held();
        GroupCommit commits = new GroupCommit("test", NEVER, held);
        List<CompletableFuture<List<WriteResult>>> results = new ArrayList<>();
        results.add(commits.enqueue(List.of(Write.Delete.of("first"))));
        held.begun.await();
        byte[] half = new byte[(int) (GroupCommit.MAX_GROUP_BYTES / 2) + 1];
        for (int i = 0; i < 3; i++) {
            results.add(commits.enqueue(List.of(Write.Put.of("large" + i, half))));
        }
        List<Write> many = java.util.Collections.nCopies(GroupCommit.MAX_GROUP_WRITES - 2, Write.Delete.of("x"));
        results.add(commits.enqueue(many));
        results.add(commits.enqueue(List.of(Write.Delete.of("y"), Write.Delete.of("z"))));
        held.let.countDown();
        for (CompletableFuture<List<WriteResult>> result : results) {
            result.get();
        }
        commits.close();
        assertEquals(List.of(1, 1, 1, 2, 1), held.groups);
    }

    @Test
    void aFailureReachesEveryoneInItsGroupAndNobodyElse() throws Exception {
        Held held = new Held();
        GroupCommit commits = new GroupCommit("test", NEVER, held);
        CompletableFuture<List<WriteResult>> first = commits.enqueue(List.of(Write.Delete.of("first")));
        held.begun.await();
        CompletableFuture<List<WriteResult>> bad = commits.enqueue(List.of(Write.Delete.of("bad")));
        CompletableFuture<List<WriteResult>> beside = commits.enqueue(List.of(Write.Delete.of("beside")));
        held.let.countDown();
        first.get();
        assertThrows(java.util.concurrent.ExecutionException.class, bad::get);
        assertThrows(java.util.concurrent.ExecutionException.class, beside::get);
        assertEquals(
                "no space",
                assertThrows(IOException.class, () -> commits.commit(List.of(Write.Delete.of("bad"))))
                        .getMessage());
        assertEquals(1, commits.commit(List.of(Write.Delete.of("after"))).size());
        commits.close();
    }
}
