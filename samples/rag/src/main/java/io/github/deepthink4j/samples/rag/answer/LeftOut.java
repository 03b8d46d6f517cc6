package io.github.deepthink4j.samples.rag.answer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * What a memory that keeps everything would send with each further question, in bytes of JSON.
 *
 * @param turns        so many
 * @param passageBytes of the passages that came with their questions
 * @param thoughtBytes of the thoughts
 */
public record LeftOut(int turns, long passageBytes, long thoughtBytes) {

    public static final LeftOut NOTHING = new LeftOut(0, 0, 0);

    /** With one more turn. */
    public LeftOut and(String question, String augmentedQuestion, String thinking) {
        return new LeftOut(
                turns + 1,
                passageBytes + bytes(augmentedQuestion) - bytes(question),
                thoughtBytes + (thinking == null ? 0 : bytes(thinking)));
    }

    private static long bytes(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
    }
}
