package io.skiff.server.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys of a file, a line each: {@code ID SCOPES SALT HASH NAME}, scopes joined by commas, salt and hash in hexadecimal
 * digits; what begins with {@code #} is a comment. The hash is SHA-256 over salt and secret: a secret is 32 random bytes,
 * which no slower hash would make harder to guess. To revoke a key, remove its line and start the server again.
 */
public final class ApiKeys {
    private static final int SECRET_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int ID_BYTES = 12;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String SCHEME = "apikey ";

    private record Entry(ApiKey key, byte[] salt, byte[] hash) {}

    private final Map<String, Entry> byId;

    private ApiKeys(Map<String, Entry> byId) {
        this.byId = byId;
    }

    /**
     * Reads a file of keys.
     *
     * @throws IOException if there is none, or a line is no key; the message names file and line
     */
    public static ApiKeys load(Path file) throws IOException {
        Map<String, Entry> byId = new HashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Entry entry = entry(file + ":" + (i + 1), line.split("\\s+"));
                if (byId.put(entry.key().id(), entry) != null) {
                    throw new IOException(
                            file + ":" + (i + 1) + ": key " + entry.key().id() + " is there twice");
                }
            }
        }
        if (byId.isEmpty()) {
            throw new IOException(file + " has no key; make one with: skiff api-key --keys " + file + " --name NAME");
        }
        return new ApiKeys(Map.copyOf(byId));
    }

    private static Entry entry(String where, String[] words) throws IOException {
        if (words.length != 5) {
            throw new IOException(where + ": expected ID SCOPES SALT HASH NAME, got " + words.length + " words");
        }
        try {
            Set<Scope> scopes = EnumSet.noneOf(Scope.class);
            for (String scope : words[1].split(",")) {
                scopes.add(Scope.valueOf(scope.toUpperCase(Locale.ROOT)));
            }
            return new Entry(
                    new ApiKey(words[0], words[4], scopes),
                    HexFormat.of().parseHex(words[2]),
                    HexFormat.of().parseHex(words[3]));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    where + ": expected scopes such as read,write, and hexadecimal digits: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a key and adds it to a file, which is made, for its owner alone, if it is not there. Returns what a client
     * sends after {@code Authorization: ApiKey}; it is kept nowhere.
     *
     * @throws IllegalArgumentException if the name is not 1 to 64 letters, digits, dots, hyphens and underscores, or
     *     there is no scope
     */
    public static String create(Path file, String name, Set<Scope> scopes) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a key must be 1 to 64 letters, digits, dots, hyphens and"
                    + " underscores, got '" + name + "'");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a key needs a scope, read or write");
        }
        SecureRandom random = new SecureRandom();
        String id = HexFormat.of().formatHex(bytes(random, ID_BYTES));
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, SECRET_BYTES));
        byte[] salt = bytes(random, SALT_BYTES);
        String line = String.join(
                " ",
                id,
                String.join(
                        ",",
                        scopes.stream()
                                .sorted()
                                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                                .toList()),
                HexFormat.of().formatHex(salt),
                HexFormat.of().formatHex(hash(salt, secret)),
                name);
        if (!Files.exists(file)) {
            createForOwner(file);
        }
        Files.writeString(file, line + System.lineSeparator(), StandardOpenOption.APPEND);
        return Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static void createForOwner(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private static byte[] bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hash(byte[] salt, String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The key that the value of a header {@code Authorization} shows, if it is one of these. */
    public Optional<ApiKey> authenticate(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String pair;
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            pair = new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        Entry entry = colon < 0 ? null : byId.get(pair.substring(0, colon));
        if (entry == null) {
            return Optional.empty();
        }
        // In the same time wherever they differ.
        boolean known = MessageDigest.isEqual(entry.hash(), hash(entry.salt(), pair.substring(colon + 1)));
        return known ? Optional.of(entry.key()) : Optional.empty();
    }
}
