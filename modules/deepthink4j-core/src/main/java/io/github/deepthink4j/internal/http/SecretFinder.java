package io.github.deepthink4j.internal.http;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds known secrets in a text: the whole of each, and any part of twelve characters and more, in whatever case and however
 * JSON or a url escapes its characters. Time grows with the text and not with the number of secrets.
 */
final class SecretFinder {

    /** The shortest part that is found: enough to know whose key it is, too long to be there by chance. */
    private static final int PART = 12;

    private static final int FACTOR = 31;
    private static final int FACTOR_OF_FIRST = power(PART - 1);
    private static final int HASHES = 1 << 16;

    private final Set<String> parts = new HashSet<>();
    private final BitSet hashes = new BitSet(HASHES);

    /** Those that are too short to have parts. */
    private final List<String> whole = new ArrayList<>();

    SecretFinder(Collection<String> secrets) {
        for (String secret : secrets) {
            String folded = folded(secret);
            if (folded.length() < PART) {
                whole.add(folded);
            }
            for (int start = 0; start + PART <= folded.length(); start++) {
                String part = folded.substring(start, start + PART);
                parts.add(part);
                hashes.set(slot(part.hashCode()));
            }
        }
    }

    private static int power(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= FACTOR;
        }
        return power;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 16)) & (HASHES - 1);
    }

    /** Character by character, so that places stay what they are. */
    private static String folded(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = Character.toLowerCase(chars[i]);
        }
        return new String(chars);
    }

    /** Which characters of the text are secret, as they stand there or by what they mean. */
    BitSet places(String text) {
        if (text.isEmpty() || (parts.isEmpty() && whole.isEmpty())) {
            return new BitSet();
        }
        BitSet secret = secretCharacters(folded(text));
        if (text.indexOf('\\') >= 0 || text.indexOf('%') >= 0) {
            UnescapedText meant = new UnescapedText(text);
            secretCharacters(folded(meant.text())).stream()
                    .forEach(at -> secret.set(meant.start(at), meant.start(at + 1)));
        }
        return secret;
    }

    /** The text with each run of secret characters replaced; the same object if there is none. */
    String replaced(String text, String mask) {
        BitSet secret = places(text);
        if (secret.isEmpty()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int position = 0;
        while (position < text.length()) {
            int from = secret.nextSetBit(position);
            if (from < 0) {
                break;
            }
            shown.append(text, position, from).append(mask);
            position = secret.nextClearBit(from);
        }
        return shown.append(text, position, text.length()).toString();
    }

    private BitSet secretCharacters(String text) {
        BitSet secret = new BitSet();
        for (String word : whole) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                secret.set(at, at + word.length());
            }
        }
        if (parts.isEmpty()) {
            return secret;
        }
        // The hash of the last twelve characters, as String.hashCode has it, rolled on by one at a time.
        int hash = 0;
        for (int end = 0; end < text.length(); end++) {
            if (end >= PART) {
                hash -= text.charAt(end - PART) * FACTOR_OF_FIRST;
            }
            hash = hash * FACTOR + text.charAt(end);
            int start = end + 1 - PART;
            if (start >= 0 && hashes.get(slot(hash)) && parts.contains(text.substring(start, end + 1))) {
                secret.set(start, end + 1);
            }
        }
        return secret;
    }
}
