package io.github.deepthink4j.testkit.internal.request;

import java.util.ArrayList;
import java.util.List;

/**
 * Always the same, and near DeepSeek's for English text: a blank and up to eight letters or numbers are a token, the pair
 * <code>{}</code> is one, white space in a row is one, and so is any other character.
 */
public final class SimpleTokenizer {

    private static final int LONGEST_WORD = 8;
    private static final int ASCII = 0x80;

    private SimpleTokenizer() {}

    public static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        char[] characters = text.toCharArray();
        for (int start = 0; start < characters.length; ) {
            int end = end(characters, start);
            tokens.add(text.substring(start, end));
            start = end;
        }
        return tokens;
    }

    public static int count(String text) {
        int count = 0;
        char[] characters = text.toCharArray();
        for (int start = 0; start < characters.length; start = end(characters, start)) {
            count++;
        }
        return count;
    }

    /** Where the token ends that begins here. */
    public static int end(char[] text, int start) {
        char first = text[start];
        int word = endOfWord(text, first == ' ' ? start + 1 : start);
        if (word > start + 1 || word > start && first != ' ') {
            return word;
        }
        if (isSpace(first)) {
            return endOfSpace(text, start);
        }
        boolean pair = first == '{' && start + 1 < text.length && text[start + 1] == '}';
        return pair ? start + 2 : start + Character.charCount(Character.codePointAt(text, start));
    }

    private static int endOfWord(char[] text, int start) {
        int end = start;
        for (int length = 0; length < LONGEST_WORD && end < text.length; length++) {
            int character = text[end] < ASCII ? text[end] : Character.codePointAt(text, end);
            if (!isLetterOrNumber(character)) {
                break;
            }
            end += Character.charCount(character);
        }
        return end;
    }

    private static boolean isLetterOrNumber(int character) {
        if (character < ASCII) {
            int lower = character | 0x20;
            return lower >= 'a' && lower <= 'z' || character >= '0' && character <= '9';
        }
        return Character.isLetterOrDigit(character)
                || Character.getType(character) == Character.LETTER_NUMBER
                || Character.getType(character) == Character.OTHER_NUMBER;
    }

    private static int endOfSpace(char[] text, int start) {
        int end = start;
        while (end < text.length && isSpace(text[end])) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }
}
