package io.skiff.server.rest.highlight;

import io.skiff.encoder.AnalyzedToken;
import io.skiff.encoder.SparseEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.collections.IntArrayList;

/**
 * The parts of words that are written as one, such as {@code schedule} in {@code Timer.scheduleAtFixedRate}. Documents may
 * be indexed by the parts too, which analysis of the text itself does not give.
 */
final class CompoundWords {
    private static final Pattern PART = Pattern.compile("\\p{Lu}?\\p{Ll}+|\\p{Lu}+(?!\\p{Ll})|\\p{L}+|\\p{N}+");

    private CompoundWords() {}

    /** Where some tokens stand as such parts, in the text's order. */
    static List<AnalyzedToken> find(String text, SparseEncoder encoder, Set<String> tokens) {
        IntArrayList starts = new IntArrayList();
        IntArrayList startsInText = new IntArrayList();
        StringBuilder parts = new StringBuilder();
        for (Matcher part = PART.matcher(text); part.find(); ) {
            starts.addInt(parts.length());
            startsInText.addInt(part.start());
            parts.append(text, part.start(), part.end()).append(' ');
        }
        List<AnalyzedToken> found = new ArrayList<>();
        int next = 0;
        for (AnalyzedToken token : encoder.tokensInPlace(parts.toString())) {
            while (next + 1 < starts.size() && starts.getInt(next + 1) <= token.start()) {
                next++;
            }
            if (tokens.contains(token.token())) {
                int shift = startsInText.getInt(next) - starts.getInt(next);
                found.add(new AnalyzedToken(token.token(), token.start() + shift, token.end() + shift));
            }
        }
        return found;
    }
}
