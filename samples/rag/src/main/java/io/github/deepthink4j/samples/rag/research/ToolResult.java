package io.github.deepthink4j.samples.rag.research;

import io.github.deepthink4j.samples.rag.screen.Words;

/**
 * What came of a call.
 *
 * @param text  for the model
 * @param shown for the person
 * @param fresh whether it says something that was not known yet
 */
record ToolResult(String text, String shown, boolean fresh) {

    /**
     * One that did not do what was wanted.
     *
     * @param chinese for a person who reads that
     */
    static ToolResult refused(String words, String chinese) {
        return new ToolResult(words, Words.of(words, chinese), false);
    }

    static ToolResult failed(String tool, Throwable cause) {
        return new ToolResult(
                "The tool " + tool + " has failed (" + cause.getClass().getSimpleName()
                        + "). Go on without it: use another tool, or answer from what you have.",
                Words.error(cause),
                false);
    }

    static ToolResult of(ReadPassages.Told told, String begin, String end) {
        int found = told.numbers().size();
        return new ToolResult(
                begin + told.text() + end,
                Words.of(found + (found == 1 ? " passage" : " passages"), found + " 个段落")
                        + (found == 0 ? "" : Words.of(": ", "：") + told.shownNumbers())
                        + (told.fresh() || found == 0 ? "" : Words.of(", read before", "，之前已读过")),
                told.fresh());
    }
}
