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

    /**
     * How many tokens a prompt has.
     *
     * @param cached those that were in the cache
     */
    record PromptTokens(int all, int cached) {}

    /** Counts the tokens of this prompt, which is in the cache itself from now on. */
    synchronized PromptTokens read(String prompt) {
        char[] characters = prompt.toCharArray();
        int longest = 0;
        for (char[] earlier : prompts) {
            longest = Math.max(longest, commonPrefix(earlier, characters));
        }
        prompts.addFirst(characters);
        if (prompts.size() > REMEMBERED) {
            prompts.removeLast();
        }
        int all = 0;
        int known = 0;
        for (int start = 0; start < characters.length; start = SimpleTokenizer.end(characters, start)) {
            known += start < longest ? 1 : 0;
            all++;
        }
        return new PromptTokens(all, known / UNIT * UNIT);
    }

    synchronized void clear() {
        prompts.clear();
    }

    private static int commonPrefix(char[] a, char[] b) {
        int difference = Arrays.mismatch(a, b);
        return difference < 0 ? a.length : difference;
    }
}
