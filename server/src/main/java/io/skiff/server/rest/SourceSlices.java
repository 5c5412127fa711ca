package io.skiff.server.rest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes members of a document's source as the bytes that they are, without parsing them: the vectors of ten hits have more
 * names and numbers than all the rest of an answer. Only for what is stored, which was parsed when it came: it finds where
 * values end, not what is wrong with them.
 */
final class SourceSlices {
    /** What is to be done with a member. */
    enum Choice {
        KEEP,
        DROP,
        /** What is below it decides: nothing that can be done here. */
        LOOK_INSIDE
    }

    /** Decides on a member by its name, and whether its value is an object or an array. */
    @FunctionalInterface
    interface Chooser {
        Choice choose(String name, boolean isContainer);
    }

    private final byte[] source;
    private int at;

    private SourceSlices(byte[] source) {
        this.source = source;
    }

    /**
     * An object of the members that are kept.
     *
     * @return empty if one would have to be looked into, a name has escapes, or the source is not one whole object
     */
    static Optional<byte[]> of(byte[] source, Chooser chooser) {
        try {
            return new SourceSlices(source).take(chooser);
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty(); // It ends in the middle.
        }
    }

    private Optional<byte[]> take(Chooser chooser) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(source.length);
        boolean keepsAll = true;
        kept.write('{');
        if (!takes('{')) {
            return Optional.empty();
        }
        for (boolean more = !takes('}'); more; ) {
            skipBlanks();
            int start = at;
            Optional<String> name = name();
            if (name.isEmpty() || !takes(':')) {
                return Optional.empty();
            }
            skipBlanks();
            boolean isContainer = source[at] == '{' || source[at] == '[';
            skipValue();
            switch (chooser.choose(name.get(), isContainer)) {
                case LOOK_INSIDE -> {
                    return Optional.empty();
                }
                case DROP -> keepsAll = false;
                case KEEP -> {
                    if (kept.size() > 1) {
                        kept.write(',');
                    }
                    kept.write(source, start, at - start);
                }
            }
            more = takes(',');
            if (!more && !takes('}')) {
                return Optional.empty();
            }
        }
        kept.write('}');
        if (!isAtEnd()) {
            return Optional.empty();
        }
        return Optional.of(keepsAll ? source : kept.toByteArray());
    }

    private boolean isAtEnd() {
        while (at < source.length && isBlank(source[at])) {
            at++;
        }
        return at == source.length;
    }

    /** Goes past a character, and blanks before it, if it comes next. */
    private boolean takes(char expected) {
        skipBlanks();
        if (source[at] != expected) {
            return false;
        }
        at++;
        return true;
    }

    private void skipBlanks() {
        while (isBlank(source[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    /** The name that begins here; empty if none does, or it has escapes. */
    private Optional<String> name() {
        if (source[at++] != '"') {
            return Optional.empty();
        }
        int start = at;
        for (; source[at] != '"'; at++) {
            if (source[at] == '\\') {
                return Optional.empty();
            }
        }
        return Optional.of(new String(source, start, at++ - start, StandardCharsets.UTF_8));
    }

    private void skipValue() {
        switch (source[at]) {
            case '"' -> skipString();
            case '{', '[' -> skipContainer();
            default -> {
                while (source[at] != ',' && source[at] != '}' && !isBlank(source[at])) {
                    at++;
                }
            }
        }
    }

    private void skipContainer() {
        int depth = 0;
        do {
            switch (source[at]) {
                case '"' -> skipString();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
    }

    private void skipString() {
        for (at++; source[at] != '"'; at++) {
            if (source[at] == '\\') {
                at++;
            }
        }
        at++;
    }
}
