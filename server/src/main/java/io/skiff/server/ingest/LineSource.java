package io.skiff.server.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The documents of some files, one on each line, file after file. */
public final class LineSource implements DocumentSource {
    private static final List<String> BEIR_CORPUS_NAMES =
            List.of("corpus.jsonl", "corpus.jsonl.gz", "corpus.jsonl.zst");

    private final List<String> files;
    private final RecordParser parser;
    private final OptionalLong lengthBytes;
    private int nextFile = 1;
    private LineReader lines;
    private long finishedBytes;

    private LineSource(List<String> files, LineReader first, RecordParser parser, OptionalLong lengthBytes) {
        this.files = files;
        this.lines = first;
        this.parser = parser;
        this.lengthBytes = lengthBytes;
    }

    /** A source and what it turned out to hold. */
    public record Opened(LineSource source, InputFormat format) {}

    /**
     * Opens documents of one format.
     *
     * @param inputs paths of files, of BEIR folders, or {@value LineReader#STANDARD_INPUT}; at least one
     * @param format their format; when empty, told by the first input's name and first line
     * @throws UnsupportedOperationException if the format is CIFF, which has no lines
     * @throws IOException if an input is not there or the format cannot be told
     */
    public static Opened open(List<String> inputs, Optional<InputFormat> format) throws IOException {
        List<String> files = new ArrayList<>();
        for (String input : inputs) {
            files.add(resolve(input));
        }
        OptionalLong lengthBytes = totalBytes(files);
        LineReader first = LineReader.open(files.getFirst());
        try {
            InputFormat actual = format.isPresent() ? format.get() : InputFormat.detect(first);
            return new Opened(new LineSource(files, first, parser(actual), lengthBytes), actual);
        } catch (IOException | RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** The lines of one file through a parser of one's own. */
    public static LineSource of(LineReader lines, RecordParser parser) {
        return new LineSource(List.of(lines.name()), lines, parser, lines.lengthBytes());
    }

    private static RecordParser parser(InputFormat format) {
        return switch (format) {
            case BEIR -> new BeirRecords();
            case VECTORS -> new VectorRecords();
            case MSMARCO -> new MsmarcoRecords();
            case CIFF -> throw new UnsupportedOperationException("a CIFF file has no lines");
        };
    }

    private static String resolve(String input) throws IOException {
        Path path = Path.of(input);
        if (input.equals(LineReader.STANDARD_INPUT) || !Files.isDirectory(path)) {
            return input;
        }
        for (String name : BEIR_CORPUS_NAMES) {
            if (Files.exists(path.resolve(name))) {
                return path.resolve(name).toString();
            }
        }
        throw new IOException(input + ": is a folder without " + String.join(", ", BEIR_CORPUS_NAMES)
                + "; expected a file or a BEIR folder");
    }

    /** Also finds a file that is missing before hours of work on those before it. */
    private static OptionalLong totalBytes(List<String> files) throws IOException {
        long total = 0;
        boolean known = true;
        for (String file : files) {
            if (file.equals(LineReader.STANDARD_INPUT)) {
                known = false;
                continue;
            }
            try (LineReader reader = LineReader.open(file)) {
                known &= reader.lengthBytes().isPresent();
                total += reader.lengthBytes().orElse(0);
            }
        }
        return known ? OptionalLong.of(total) : OptionalLong.empty();
    }

    @Override
    public Optional<InputRecord> next() throws IOException {
        Optional<byte[]> line = lines.next();
        while (line.isEmpty() && nextFile < files.size()) {
            finishedBytes += lines.positionBytes();
            lines.close();
            lines = LineReader.open(files.get(nextFile++));
            line = lines.next();
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(parser.parse(line.get(), lines.location()));
    }

    @Override
    public long position() {
        return finishedBytes + lines.positionBytes();
    }

    @Override
    public OptionalLong length() {
        return lengthBytes;
    }

    @Override
    public String unit() {
        return "B";
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
