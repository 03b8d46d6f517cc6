package io.github.deepthink4j.testkit.internal.server;

import io.github.deepthink4j.testkit.internal.request.SimpleTokenizer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The context cache: what an earlier request began with is a hit, in units of 64 tokens. */
final class ContextCache {

    private static final int UNIT = 64;
    private static final int REMEMBERED = 64;

    private final Deque<char[]> prompts = new ArrayDeque<>();

    /** The tokens of this prompt that are in the cache; it is in the cache itself from now on. */
    synchronized int hit(String prompt) {
        char[] characters = prompt.toCharArray();
        int longest = 0;
        for (char[] earlier : prompts) {
            longest = Math.max(longest, commonPrefix(earlier, characters));
        }
        prompts.addFirst(characters);
        if (prompts.size() > REMEMBERED) {
            prompts.removeLast();
        }
        return SimpleTokenizer.count(prompt.substring(0, longest)) / UNIT * UNIT;
    }

    synchronized void clear() {
        prompts.clear();
    }

    private static int commonPrefix(char[] a, char[] b) {
        int difference = Arrays.mismatch(a, b);
        return difference < 0 ? a.length : difference;
    }
}
