package io.github.deepthink4j.internal.answer;

import java.util.Set;

/**
 * Makes real tool calls of those that a thought ends with, where nothing else comes: the model has called its tools without
 * closing its thought first (docs/protocol.md, section 8). A thought that goes on, or an answer behind it, shows that it has only
 * thought of a call. The thought itself stays as it is.
 */
final class ThoughtMarkup extends PieceFilter {

    private final BareMarkup markup;
    private boolean answered;

    /** @param tools the names of those that the request has given */
    ThoughtMarkup(PieceSink next, Set<String> tools) {
        super(next);
        ToolCallMarkup calls = new ToolCallMarkup(
                new PieceFilter(next) {
                    @Override
                    public void onText(String text) {
                        // The thought has been told.
                    }

                    @Override
                    public void onEnd() {
                        // The answer has its own.
                    }
                },
                true);
        this.markup = new BareMarkup(calls, tools);
    }

    @Override
    public void onThinking(String field, String text) {
        if (!answered) {
            markup.onText(text);
        }
        next.onThinking(field, text);
    }

    @Override
    public void onText(String text) {
        answered |= !text.isBlank();
        next.onText(text);
    }

    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        answered = true;
        next.onToolCallDelta(delta);
    }

    @Override
    public void onEnd() {
        if (!answered) {
            markup.onEnd();
        }
        next.onEnd();
    }
}
