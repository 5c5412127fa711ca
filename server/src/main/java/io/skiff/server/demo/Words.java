package io.skiff.server.demo;

import java.util.Locale;
import java.util.regex.Pattern;

/** Splits the names of programs into the words that people ask with. */
final class Words {
    /** Between a lower-case letter or digit and a capital, before the last capital of an acronym, and around signs. */
    private static final Pattern BOUNDARY =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|[^\\p{L}\\p{N}]+");

    private Words() {}

    /**
     * The words of one or several names in lower case, a space between them:
     * {@code java.util.ScheduledExecutorService} gives {@code java util scheduled executor service}.
     */
    static String ofNames(String names) {
        return BOUNDARY.matcher(names).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
}
