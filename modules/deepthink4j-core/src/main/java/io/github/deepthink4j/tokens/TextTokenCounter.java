package io.github.deepthink4j.tokens;

/** Counts the tokens of a plain text. Used by several threads at once. */
@FunctionalInterface
public interface TextTokenCounter {

    /** DeepSeek's documented ratios; needs no file. */
    TextTokenCounter RATIOS = new DocumentedRatios();

    /**
     * @return 0 for an empty text, more than 0 for any other
     */
    int count(String text);
}
