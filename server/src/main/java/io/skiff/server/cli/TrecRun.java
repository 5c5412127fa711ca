package io.skiff.server.cli;

import io.skiff.scoring.Hit;
import io.skiff.server.collection.Collection;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes a run as TREC has it, {@code qid Q0 docid rank score tag}; written aside, and renamed when it is whole.
 *
 * <p>A target that is there and no plain file (a pipe, {@code /dev/stdout}) is written directly.
 */
final class TrecRun implements AutoCloseable {
    private static final String TAG = "skiff";

    /** Up to here every whole double is printed as it is. */
    private static final double LARGEST_WHOLE = 1L << 53;

    private final Path target;
    private final Path written;
    private final BufferedWriter out;

    private TrecRun(Path target, Path written) throws IOException {
        this.target = target;
        this.written = written;
        this.out = Files.newBufferedWriter(written, StandardCharsets.UTF_8);
    }

    /** Starts a run. */
    static TrecRun create(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException("--run " + target + ": is a directory, expected a file to write");
        }
        boolean direct = Files.exists(target) && !Files.isRegularFile(target);
        return new TrecRun(target, direct ? target : target.resolveSibling("." + target.getFileName() + ".partial"));
    }

    /** Adds the hits of a query, best first. */
    void add(String queryId, Collection collection, List<Hit> hits) throws IOException {
        String id = word("query", queryId);
        int rank = 1;
        for (Hit hit : hits) {
            String documentId = word("document", collection.documentId(hit));
            out.append(id)
                    .append(" Q0 ")
                    .append(documentId)
                    .append(' ')
                    .append(Integer.toString(rank++))
                    .append(' ')
                    .append(score(hit.score()))
                    .append(' ')
                    .append(TAG)
                    .append('\n');
        }
    }

    /** Makes the run visible under its name. */
    void commit() throws IOException {
        out.close();
        if (!written.equals(target)) {
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Without a commit before: leaves nothing behind. */
    @Override
    public void close() throws IOException {
        out.close();
        if (!written.equals(target)) {
            Files.deleteIfExists(written);
        }
    }

    /** The shortest digits that give the same double again, never with an exponent, whole numbers without a point. */
    static String score(double score) {
        return score == Math.rint(score) && Math.abs(score) <= LARGEST_WHOLE
                ? Long.toString((long) score)
                : new BigDecimal(Double.toString(score)).toPlainString();
    }

    private static String word(String what, String id) throws IOException {
        if (id.chars().anyMatch(Character::isWhitespace)) {
            throw new IOException(
                    what + " id '" + id + "' has white space in it, which the columns of a TREC run cannot hold");
        }
        return id;
    }
}
