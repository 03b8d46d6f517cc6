package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.value.Blank;

/**
 * Holds back the white space of all kinds that an answer in JSON begins with, until something else comes. Where the model said no JSON,
 * DeepSeek sends spaces in its place (docs/protocol.md, section 5): a blank answer, which was none, and can be asked for again as long as
 * nothing of it was told.
 */
final class BlankStart extends PieceFilter {

    private final StringBuilder blanks = new StringBuilder();
    private boolean begun;

    BlankStart(PieceSink next) {
        super(next);
    }

    @Override
    public void onText(String text) {
        if (begun) {
            next.onText(text);
        } else if (Blank.is(text)) {
            blanks.append(text);
        } else {
            begun = true;
            next.onText(blanks.isEmpty() ? text : blanks.append(text).toString());
        }
    }
}
