package io.skiff.encoder.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells one model from another without reading gigabytes: a digest of the length of {@code model.onnx}, of its first and
 * last mebibyte, and of the settings that its weights depend on.
 */
final class ModelFingerprint {
    private static final int PIECE_BYTES = 1 << 20;

    private ModelFingerprint() {}

    /** The fingerprint, 16 hexadecimal digits. */
    static String of(Path model, ModelSettings settings) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(model)) {
            long size = channel.size();
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
            digest.update(read(channel, 0, size));
            digest.update(read(channel, Math.max(0, size - PIECE_BYTES), size));
        }
        String settled = settings.activation() + " " + settings.pooling() + " " + settings.maskSpecialTokens() + " "
                + settings.minWeight() + " " + settings.maxTerms();
        digest.update(settled.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, Long.BYTES);
    }

    private static ByteBuffer read(FileChannel channel, long from, long size) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, size - from));
        while (piece.hasRemaining() && channel.read(piece, from + piece.position()) >= 0) {
            // Reads until the piece is full or the file ends.
        }
        return piece.flip();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
