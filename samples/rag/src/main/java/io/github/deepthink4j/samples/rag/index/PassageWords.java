package io.github.deepthink4j.samples.rag.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * What counts as a word, in a text of either language or of both. Between Chinese words stands nothing, so there it is each character and
 * each two that stand side by side. English words are not brought to their stems: measured, that found no more.
 */
final class PassageWords extends Analyzer {

    /** A text that was pasted for a question is not searched to its end. */
    private static final int MAX_WORDS = 400;

    /** {@code wifi.max_retries} is found by {@code max_retries} too. */
    private static final int NAMES_OF_A_PROGRAM = WordDelimiterGraphFilter.PRESERVE_ORIGINAL
            | WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;

    private static final int CHINESE_JAPANESE_KOREAN =
            CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    static final String FIELD = "words";

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = new StandardTokenizer();
        TokenStream words = new CJKWidthFilter(tokenizer);
        words = new WordDelimiterGraphFilter(words, NAMES_OF_A_PROGRAM, null);
        words = new LowerCaseFilter(new EnglishPossessiveFilter(words));
        words = new CJKBigramFilter(words, CHINESE_JAPANESE_KOREAN, true);
        return new TokenStreamComponents(tokenizer, new StopFilter(words, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET));
    }

    /** Each once, and not more than can be searched for. */
    Set<String> of(String question) {
        return new LinkedHashSet<>(all(question, MAX_WORDS));
    }

    /** In order, so many at most. */
    List<String> all(String text, int max) {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = tokenStream(FIELD, text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken() && words.size() < max) {
                words.add(word.toString());
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("a string is read without I/O", e);
        }
    }
}
