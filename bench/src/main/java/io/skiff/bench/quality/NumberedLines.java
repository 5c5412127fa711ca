package io.skiff.bench.quality;

import io.skiff.server.ingest.BadInputException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The lines of a text file, gzipped if its name ends in {@code .gz}, that knows where it stands for messages. */
final class NumberedLines implements AutoCloseable {
    private final Path file;
    private final BufferedReader reader;
    private int number;

    private NumberedLines(Path file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    static NumberedLines open(Path file) throws IOException {
        InputStream stream;
        try {
            stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        } catch (NoSuchFileException e) {
            throw located(file.toString(), new IOException("there is no such file", e));
        } catch (AccessDeniedException e) {
            throw located(file.toString(), new IOException("access is denied", e));
        }
        try {
            InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(stream, 1 << 16) : stream;
            // A decoder that is asked for refuses broken bytes; the default would replace them and confuse ids.
            return new NumberedLines(
                    file, new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder())));
        } catch (IOException e) {
            stream.close();
            throw located(file.toString(), e);
        }
    }

    /** The next line that is not blank, or null at the end. */
    String next() throws IOException {
        try {
            String line = reader.readLine();
            number++;
            while (line != null && line.isBlank()) {
                line = reader.readLine();
                number++;
            }
            return line;
        } catch (CharacterCodingException e) {
            throw located(file + ", near line " + number, new IOException("this is not UTF-8 text", e));
        } catch (IOException e) {
            throw located(file + ", near line " + number, e);
        }
    }

    /** The number of the line that was last read, from 1. */
    int number() {
        return number;
    }

    /** A complaint about the line that was last read. */
    BadInputException problem(String problem) {
        return problem(number, problem);
    }

    BadInputException problem(int line, String problem) {
        return new BadInputException(file + ":" + line, problem);
    }

    private static BadInputException located(String location, IOException cause) {
        BadInputException failure = new BadInputException(location, "cannot be read: " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
