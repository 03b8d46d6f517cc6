package io.github.deepthink4j.samples.rag.answer;

import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.SortedSet;

/**
 * A piece of an answer, mostly a sentence.
 *
 * @param text      as the model wrote it, with the blanks behind it
 * @param cited     the passages that it cites and that there are
 * @param claim     whether it says something, and is no heading, question or code
 * @param objection why it does not hold; empty if nothing speaks against it
 */
record MarkedSentence(String text, SortedSet<Integer> cited, boolean claim, String objection) {

    static final String UNSOURCED = " [no source]";

    boolean isUnsourced() {
        return claim && cited.isEmpty();
    }

    boolean isUnsupported() {
        return !objection.isEmpty();
    }

    MarkedSentence with(String otherObjection) {
        return new MarkedSentence(text, cited, claim, otherObjection);
    }

    /** With its mark, before the blanks that end it. */
    String shown() {
        if (!isUnsourced() && !isUnsupported()) {
            return text;
        }
        String mark =
                isUnsourced() ? UNSOURCED : Words.of(" [unsupported: " + objection + "]", "［依据不足：" + objection + "］");
        return text.stripTrailing() + mark + text.substring(text.stripTrailing().length());
    }
}
