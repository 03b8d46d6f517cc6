package io.github.deepthink4j.samples.rag.model;

import dev.langchain4j.model.embedding.onnx.HuggingFaceTokenCountEstimator;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the tokens of each word once, however often it comes. The model's vocabulary is of pieces of words, so a text has as many as
 * its words together; the tokenizer, which is asked of a word that is new, takes five seconds for a megabyte.
 */
final class WordByWordTokens extends HuggingFaceTokenCountEstimator {

    /** A text of many languages and numbers has ever new words. */
    private static final int REMEMBERED_WORDS = 200_000;

    private final Map<String, Integer> words = new HashMap<>();

    @Override
    public synchronized int estimateTokenCountInText(String text) {
        int tokens = 0;
        int wordBegin = 0;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            int next = at + Character.charCount(character);
            boolean alone = isPunctuation(character) || Character.isIdeographic(character);
            if (alone || isSpace(character)) {
                tokens += ofWord(text, wordBegin, at) + (alone ? 1 : 0);
                wordBegin = next;
            }
            at = next;
        }
        return tokens + ofWord(text, wordBegin, text.length());
    }

    private int ofWord(String text, int from, int to) {
        if (from == to) {
            return 0;
        }
        if (words.size() >= REMEMBERED_WORDS) {
            words.clear();
        }
        return words.computeIfAbsent(text.substring(from, to), super::estimateTokenCountInText);
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** As BERT has it: of ASCII all that is neither letter nor digit. */
    private static boolean isPunctuation(int character) {
        if (character < 128) {
            return character > ' ' && !Character.isLetterOrDigit(character) && character != 127;
        }
        return switch (Character.getType(character)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
