package io.skiff.bench.corpus;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A corpus on disk, so that every system indexes the same documents without the generator's time and none of it needs
 * the heap.
 *
 * <pre>
 *   UTF  identity        what it was generated from; a file of another identity is not read
 *   i32  vocabulary size, then one UTF per token
 *   i32  query count, then one vector per query
 *   i32  document count, then one vector per document
 *
 *   vector: i32 bytes that follow, i16 size, per token a varint (difference to the token before), per token a u8 weight
 * </pre>
 */
public final class CorpusFile {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int VARINT_BYTES = 5;

    private CorpusFile() {}

    /** Writes a corpus aside and renames it, telling {@code progress} the documents written so far. */
    public static void write(Path file, String identity, VectorPool pool, CorpusOptions options, IntConsumer progress)
            throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".tmp");
        DocumentSupplier documents = CorpusGenerator.of(pool, options);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(aside), BUFFER_BYTES))) {
            out.writeUTF(identity);
            String[] vocabulary = CorpusGenerator.vocabulary(pool);
            out.writeInt(vocabulary.length);
            for (String token : vocabulary) {
                out.writeUTF(token);
            }
            out.writeInt(pool.queries().size());
            for (WeightedTokens query : pool.queries()) {
                writeVector(out, query);
            }
            out.writeInt(options.documents());
            for (int i = 0; i < options.documents(); i++) {
                writeVector(out, documents.next());
                progress.accept(i + 1);
            }
        }
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the file exists and was generated from {@code identity}. */
    public static boolean isOf(Path file, String identity) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            return in.readUTF().equals(identity);
        }
    }

    private static void writeVector(DataOutputStream out, WeightedTokens vector) throws IOException {
        int size = vector.size();
        ByteBuffer buffer = ByteBuffer.allocate(Short.BYTES + size * (VARINT_BYTES + 1));
        buffer.putShort((short) size);
        int previous = 0;
        for (int token : vector.tokens()) {
            // Queries are not sorted; the sign bit of a difference then makes a varint of 5 bytes, which is fine.
            int rest = token - previous;
            for (; (rest & ~0x7F) != 0; rest >>>= 7) {
                buffer.put((byte) (rest | 0x80));
            }
            buffer.put((byte) rest);
            previous = token;
        }
        for (int weight : vector.weights()) {
            buffer.put((byte) weight);
        }
        out.writeInt(buffer.position());
        out.write(buffer.array(), 0, buffer.position());
    }

    private static WeightedTokens readVector(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int size = buffer.getShort() & 0xFFFF;
        int[] tokens = new int[size];
        int[] weights = new int[size];
        int token = 0;
        for (int i = 0; i < size; i++) {
            int difference = 0;
            byte part;
            int shift = 0;
            do {
                part = buffer.get();
                difference |= (part & 0x7F) << shift;
                shift += 7;
            } while (part < 0);
            token += difference;
            tokens[i] = token;
        }
        for (int i = 0; i < size; i++) {
            weights[i] = buffer.get() & 0xFF;
        }
        return new WeightedTokens(tokens, weights);
    }

    /** Reads a corpus front to back; several threads may share one. */
    public static final class Reader implements DocumentSupplier, AutoCloseable {
        private final DataInputStream in;
        private final String[] vocabulary;
        private final List<WeightedTokens> queries = new ArrayList<>();
        private final int documentCount;
        private int read;

        /** Opens a corpus at its first document. */
        public Reader(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
            in.readUTF();
            vocabulary = new String[in.readInt()];
            for (int i = 0; i < vocabulary.length; i++) {
                vocabulary[i] = in.readUTF();
            }
            for (int i = in.readInt(); i > 0; i--) {
                queries.add(readVector(in));
            }
            documentCount = in.readInt();
        }

        /** The tokens by number; not to be changed. */
        public String[] vocabulary() {
            return vocabulary;
        }

        /** The queries. */
        public List<WeightedTokens> queries() {
            return List.copyOf(queries);
        }

        /** How many documents there are in all. */
        public int documentCount() {
            return documentCount;
        }

        @Override
        public synchronized WeightedTokens next() throws IOException {
            return read++ < documentCount ? readVector(in) : null;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
