package io.skiff.server.demo;

import java.util.ArrayList;
import java.util.List;

/** Cuts plain text into passages of whole paragraphs, about {@value #PASSAGE_WORDS} words each. */
final class TextPassages {
    static final int PASSAGE_WORDS = 200;

    /** A longer paragraph is cut at the end of a line. */
    private static final int MAX_WORDS = 2 * PASSAGE_WORDS;

    private final List<Passage> passages = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int wordCount;
    private int startLine;

    private TextPassages() {}

    /** The passages of a text in their order; their anchors count from 1. */
    static List<Passage> of(String content) {
        TextPassages passages = new TextPassages();
        int line = 0;
        for (String raw : (Iterable<String>) content.lines()::iterator) {
            line++;
            String stripped = raw.strip();
            boolean isFull = passages.wordCount >= (stripped.isEmpty() ? PASSAGE_WORDS : MAX_WORDS);
            if (isFull) {
                passages.finish();
            }
            if (!stripped.isEmpty()) {
                passages.add(stripped, line);
            }
        }
        passages.finish();
        return passages.passages;
    }

    private void add(String line, int lineNumber) {
        if (text.isEmpty()) {
            startLine = lineNumber;
        }
        text.append(line).append('\n');
        wordCount += line.split("\\s+").length;
    }

    private void finish() {
        if (!text.isEmpty()) {
            String anchor = String.valueOf(passages.size() + 1);
            passages.add(new Passage(anchor, "", text.toString().strip(), startLine));
            text.setLength(0);
            wordCount = 0;
        }
    }
}
