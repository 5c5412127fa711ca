package io.skiff.server.ingest;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/** The lines of a file or of standard input, numbered from 1; what is gzip or Zstandard is read as what it holds. */
public final class LineReader implements AutoCloseable {
    /** The argument that stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    /** Longest line, in bytes: a document with the largest source that an index stores, and its vector. */
    public static final int MAX_LINE_BYTES = 128 << 20;

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int ZSTD_MAGIC = 0x28b52ffd;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final CountingInputStream raw;
    private final InputStream decoded;
    private final OptionalLong lengthBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long lineNumber;
    private Optional<byte[]> peeked = Optional.empty();

    private LineReader(String name, InputStream in, OptionalLong lengthBytes) throws IOException {
        this.name = name;
        this.raw = new CountingInputStream(in);
        this.lengthBytes = lengthBytes;
        try {
            this.decoded = decode(raw);
        } catch (IOException e) {
            in.close();
            throw unreadable(e);
        }
    }

    /**
     * Opens a file.
     *
     * @param argument its path, or {@value #STANDARD_INPUT} for standard input
     * @throws IOException if it cannot be read; the message names it
     */
    public static LineReader open(String argument) throws IOException {
        if (argument.equals(STANDARD_INPUT)) {
            return new LineReader("stdin", System.in, OptionalLong.empty());
        }
        Path path = Path.of(argument);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(argument, null, "no such file");
        }
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new IOException(
                    argument + ": " + (Files.isDirectory(path) ? "is a directory, expected a file" : "cannot be read"));
        }
        OptionalLong length = Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
        return new LineReader(argument, Files.newInputStream(path), length);
    }

    private static InputStream decode(InputStream in) throws IOException {
        byte[] magic = in.readNBytes(Integer.BYTES);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), in);
        if (magic.length < Integer.BYTES) {
            return whole;
        }
        int word = ByteBuffer.wrap(magic).getInt();
        if (word >>> Short.SIZE == GZIP_MAGIC) {
            return new GZIPInputStream(whole, BUFFER_BYTES);
        }
        return word == ZSTD_MAGIC ? new ZstdInputStreamNoFinalizer(whole) : whole;
    }

    /**
     * The next line that is not blank, without its end, or empty at the end of the input.
     *
     * @throws BadInputException if the line is too long; the next call goes on behind it
     * @throws IOException if the input cannot be read further
     */
    public Optional<byte[]> next() throws IOException {
        if (peeked.isPresent()) {
            Optional<byte[]> line = peeked;
            peeked = Optional.empty();
            return line;
        }
        Optional<byte[]> line = readLine();
        while (line.isPresent() && isBlank(line.get())) {
            line = readLine();
        }
        return line;
    }

    /** What {@link #next()} is going to return. */
    public Optional<byte[]> peek() throws IOException {
        if (peeked.isEmpty()) {
            peeked = next();
        }
        return peeked;
    }

    /** Where the line returned last stands: {@code corpus.jsonl:17}. */
    public String location() {
        return name + ":" + lineNumber;
    }

    /** The number of the line returned last. */
    public long lineNumber() {
        return lineNumber;
    }

    /** The file's name as it was given. */
    public String name() {
        return name;
    }

    /** Bytes of the file read so far, compressed as they are. */
    public long positionBytes() {
        return raw.count();
    }

    /** The file's size in bytes, if known. */
    public OptionalLong lengthBytes() {
        return lengthBytes;
    }

    /**
     * A line as text.
     *
     * @throws BadInputException if it is not UTF-8
     */
    public static String text(byte[] line, String location) throws BadInputException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadInputException(location, "is not valid UTF-8");
        }
    }

    private Optional<byte[]> readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(0);
        long lengthSoFarBytes = 0;
        boolean ended = false;
        while (!ended) {
            if (position == limit && !fill()) {
                if (lengthSoFarBytes == 0) {
                    return Optional.empty();
                }
                break;
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            ended = end < limit;
            lengthSoFarBytes += end - position;
            if (lengthSoFarBytes <= MAX_LINE_BYTES) {
                line.write(buffer, position, end - position);
            }
            position = ended ? end + 1 : end;
        }
        lineNumber++;
        if (lengthSoFarBytes > MAX_LINE_BYTES) {
            throw new BadInputException(
                    location(), "the line has " + lengthSoFarBytes + " bytes, at most " + MAX_LINE_BYTES + " are read");
        }
        return Optional.of(trimmed(line.toByteArray()));
    }

    private byte[] trimmed(byte[] line) {
        int from = lineNumber == 1
                        && line.length >= BYTE_ORDER_MARK.length
                        && Arrays.mismatch(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
                                < 0
                ? BYTE_ORDER_MARK.length
                : 0;
        int to = line.length > from && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return from == 0 && to == line.length ? line : Arrays.copyOfRange(line, from, to);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        try {
            position = 0;
            limit = Math.max(0, decoded.read(buffer));
            return limit > 0;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private IOException unreadable(IOException e) {
        String where = lineNumber == 0 ? name : name + " behind line " + lineNumber;
        return new IOException(where + ": cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        decoded.close();
    }
}
