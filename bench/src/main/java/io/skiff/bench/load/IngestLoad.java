package io.skiff.bench.load;

import io.skiff.bench.corpus.CorpusFile;
import io.skiff.bench.corpus.WeightedTokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What writing costs those who search: an index is filled by {@code _bulk}, each write synced before it is acknowledged,
 * then searched at a rate, first in peace and then while further documents come at a rate. Before either is timed, both
 * run for some seconds.
 *
 * @param base what filling the index came to, in bulks
 * @param idle searches in peace
 * @param busy searches while documents came
 * @param writes those documents, in bulks
 * @param bulkDocuments documents in a bulk
 * @param documentRate documents wanted a second
 * @param searchRate searches wanted a second
 */
record IngestLoad(
        LoadResult base,
        LoadResult idle,
        LoadResult busy,
        LoadResult writes,
        int bulkDocuments,
        double documentRate,
        double searchRate) {
    private static final int WRITING_CONNECTIONS = 2;
    private static final int SEARCHING_CONNECTIONS = 8;

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(5);

    /**
     * What to do.
     *
     * @param baseDocuments documents that are there before anything is timed
     * @param bulkDocuments documents in a bulk
     * @param documentRate documents a second that come while searches run
     * @param searchRate searches a second
     * @param length of each phase
     */
    record Plan(int baseDocuments, int bulkDocuments, double documentRate, double searchRate, Duration length) {
        int bulks(Duration of) {
            return (int) Math.max(1, Math.round(documentRate * of.toNanos() / 1e9 / bulkDocuments));
        }

        /** How long all that is timed runs before, so that nothing is slow only because it is new. */
        Duration warmUp() {
            return length.compareTo(LONGEST_WARM_UP) < 0 ? length : LONGEST_WARM_UP;
        }
    }

    /**
     * Creates the index, fills it and measures.
     *
     * @param corpus with enough documents for the base and for what comes later
     * @throws IOException if the index is there already, or the server refuses a write
     */
    static IngestLoad measure(Target target, Path corpus, Plan plan, int k) throws IOException {
        try (CorpusFile.Reader reader = new CorpusFile.Reader(corpus)) {
            List<byte[]> searches = new ArrayList<>();
            for (WeightedTokens query : reader.queries()) {
                searches.add(LoadRequests.search(target.index(), query, reader.vocabulary(), k));
            }
            require(target, LoadRequests.create(target.index()));
            LoadResult base = fill(target, reader, plan);
            int warmUpBulks = plan.bulks(plan.warmUp());
            List<ByteBuffer> bulks = new ArrayList<>();
            for (int i = 0; i < warmUpBulks + plan.bulks(plan.length()); i++) {
                bulks.add(outsideOfTheHeap(
                        bulk(target, reader, plan.baseDocuments() + i * plan.bulkDocuments(), plan.bulkDocuments())));
            }
            OpenLoop searching = searching(target, searches, plan.searchRate());
            whileWriting(target, bulks.subList(0, warmUpBulks), plan, plan.warmUp(), searching);
            require(
                    target,
                    HttpConnection.request(
                            "POST", "/" + target.index() + "/_refresh", "application/json", new byte[0]));
            pause(plan.warmUp()); // for what is left to do, such as merges
            searching.run(plan.warmUp());
            LoadResult idle = searching.run(plan.length());
            Both busy = whileWriting(target, bulks.subList(warmUpBulks, bulks.size()), plan, plan.length(), searching);
            return new IngestLoad(
                    base,
                    idle,
                    busy.searches(),
                    busy.writes(),
                    plan.bulkDocuments(),
                    plan.documentRate(),
                    plan.searchRate());
        }
    }

    /** What two loads that ran at once came to. */
    private record Both(LoadResult searches, LoadResult writes) {}

    private static Both whileWriting(
            Target target, List<ByteBuffer> bulks, Plan plan, Duration length, OpenLoop searching) throws IOException {
        CompletableFuture<LoadResult> writing = CompletableFuture.supplyAsync(() -> {
            try {
                return writing(target, bulks, plan.documentRate() / plan.bulkDocuments())
                        .run(length);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        LoadResult searches = searching.run(length);
        return new Both(searches, writing.join());
    }

    private static OpenLoop searching(Target target, List<byte[]> searches, double perSecond) {
        return new OpenLoop(
                target,
                i -> ByteBuffer.wrap(searches.get(i % searches.size())),
                connection -> true,
                SEARCHING_CONNECTIONS,
                perSecond);
    }

    private static OpenLoop writing(Target target, List<ByteBuffer> bulks, double perSecond) {
        return new OpenLoop(target, bulks::get, IngestLoad::isWritten, WRITING_CONNECTIONS, perSecond);
    }

    /** As fast as it goes, on as many connections as later. */
    private static LoadResult fill(Target target, CorpusFile.Reader reader, Plan plan) throws IOException {
        AtomicInteger next = new AtomicInteger();
        return Clients.run(target, WRITING_CONNECTIONS, (connection, begun) -> {
            var nanos = LoadResult.histogram();
            while (true) {
                byte[] request;
                synchronized (reader) {
                    int first = next.getAndAdd(plan.bulkDocuments());
                    if (first >= plan.baseDocuments()) {
                        return new Clients.Tally(nanos.getTotalCount(), 0, nanos);
                    }
                    request = bulk(target, reader, first, Math.min(plan.bulkDocuments(), plan.baseDocuments() - first));
                }
                long start = System.nanoTime();
                requireWritten(connection, request);
                LoadResult.record(nanos, System.nanoTime() - start);
            }
        });
    }

    /**
     * The server is in this process: what its clients will send, some 100 MB, would be copied at each collection of its
     * garbage, with all stopped.
     */
    private static ByteBuffer outsideOfTheHeap(byte[] request) {
        return ByteBuffer.allocateDirect(request.length).put(request).flip();
    }

    private static byte[] bulk(Target target, CorpusFile.Reader reader, int firstId, int count) throws IOException {
        List<WeightedTokens> documents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            WeightedTokens document = reader.next();
            if (document == null) {
                throw new IOException("the corpus has too few documents; expected " + (firstId + count) + " or more");
            }
            documents.add(document);
        }
        return LoadRequests.bulk(target.index(), documents, firstId, reader.vocabulary());
    }

    private static boolean isWritten(HttpConnection connection) {
        return connection.body().contains("\"errors\":false");
    }

    private static void requireWritten(HttpConnection connection, byte[] request) throws IOException {
        int status = connection.exchange(request);
        if (status != 200 || !isWritten(connection)) {
            String body = connection.body();
            throw new IOException("the server answers a bulk with " + status + ": "
                    + body.substring(0, Math.min(1_000, body.length())));
        }
    }

    private static void require(Target target, byte[] request) throws IOException {
        try (HttpConnection connection = new HttpConnection(target.address())) {
            int status = connection.exchange(request);
            if (status != 200) {
                String line = new String(request, 0, Math.min(80, request.length), StandardCharsets.UTF_8);
                throw new IOException("the server answers "
                        + line.lines().findFirst().orElse("") + " with " + status + ": " + connection.body());
            }
        }
    }

    private static void pause(Duration length) throws IOException {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** How many documents a bulk result is a second. */
    double documentsPerSecond(LoadResult bulks) {
        return bulks.perSecond() * bulkDocuments;
    }

    /** How many times the p99 of searches in peace theirs is while documents come. */
    double p99Ratio() {
        return busy.micros(99) / idle.micros(99);
    }
}
