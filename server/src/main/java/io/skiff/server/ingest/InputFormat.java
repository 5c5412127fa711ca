package io.skiff.server.ingest;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The formats that collections come in. */
public enum InputFormat {
    /** {@code {"_id", "title", "text"}}, one JSON object a line; or a folder with such a {@code corpus.jsonl}. */
    BEIR(true),
    /** {@code {"id", "vector": {token: weight}}}, one JSON object a line. */
    VECTORS(false),
    /** {@code id<TAB>text}. */
    MSMARCO(true),
    /** Common Index File Format, a binary one. */
    CIFF(false);

    private final boolean text;

    InputFormat(boolean text) {
        this.text = text;
    }

    /** Whether its documents are text, which an encoder has to make vectors of. */
    public boolean isText() {
        return text;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Tells the format by the input's name and its first line.
     *
     * @throws BadInputException if neither shows it; the message says what to ask for
     * @throws IOException if the input cannot be read
     */
    static InputFormat detect(LineReader lines) throws IOException {
        if (isCiff(lines.name())) {
            return CIFF;
        }
        Optional<byte[]> first = lines.peek();
        if (first.isEmpty()) {
            throw new BadInputException(lines.name(), "is empty, so its format cannot be told");
        }
        byte[] line = first.get();
        if (startsObject(line)) {
            Members members = new Members();
            JsonLine.read(line, lines.location(), members);
            if (members.vector) {
                return VECTORS;
            }
            if (members.beirId) {
                return BEIR;
            }
        } else if (LineReader.text(line, lines.location()).indexOf('\t') > 0) {
            return MSMARCO;
        }
        throw new BadInputException(
                lines.location(),
                "cannot tell the format from this line; say which it is with the format beir (JSON lines with \"_id\","
                        + " \"title\", \"text\"), vectors (JSON lines with \"id\", \"vector\") or msmarco"
                        + " (id<TAB>text)");
    }

    /** Whether a file's name says that it is a CIFF file. */
    public static boolean isCiff(String name) {
        return name.endsWith(".ciff") || name.endsWith(".ciff.gz");
    }

    static boolean startsObject(byte[] line) {
        int i = 0;
        while (i < line.length && (line[i] == ' ' || line[i] == '\t')) {
            i++;
        }
        return i < line.length && line[i] == '{';
    }

    private static final class Members implements JsonLine.MemberReader {
        private boolean vector;
        private boolean beirId;

        @Override
        public void read(String name, JsonParser value) {
            vector |= name.equals("vector") && value.currentToken() == JsonToken.START_OBJECT;
            beirId |= name.equals("_id");
            value.skipChildren();
        }
    }
}
