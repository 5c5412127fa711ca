package io.skiff.encoder;

import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;

/** How BM25 makes tokens of a text. */
public enum TextAnalysis {
    /** Words in small letters, without stop words and endings. */
    ENGLISH,
    /** Words in small letters. */
    STANDARD;

    /** What an index remembers it by. */
    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    Analyzer analyzer() {
        return switch (this) {
            case ENGLISH -> new EnglishAnalyzer();
            case STANDARD -> new StandardAnalyzer();
        };
    }
}
