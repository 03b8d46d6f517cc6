package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.TagScanner.Part;

/**
 * Makes real tool calls of those that a host leaves in the text as DeepSeek's own markup, DSML. Taken is only a block that
 * begins a line, stands outside a code fence and starts with a call; text that merely mentions the markup stays text. What
 * is held back is no more than what may be the beginning of a block, and then the block.
 *
 * <p>V3.2 writes {@code <｜DSML｜function_calls>}, V4 {@code <｜DSML｜tool_calls>}, with full-width bars, as the encodings beside
 * their weights have it and the parsers of vLLM and SGLang read it.
 */
final class ToolCallMarkup extends PieceFilter {

    static final String MARK = "\uff5cDSML\uff5c";

    private static final String FUNCTION_CALLS = "<" + MARK + "function_calls>";
    private static final String TOOL_CALLS = "<" + MARK + "tool_calls>";
    private static final String FIRST_CALL = "<" + MARK + "invoke name=\"";
    private static final int FENCE = 3;
    private static final int OTHER = -1;

    private enum State {
        TEXT,
        /** Behind an opening tag that begins a line; white space may follow. */
        OPENED,
        /** Behind the first call's tag, so that this is a block indeed. */
        BLOCK
    }

    private final TagScanner scanner =
            new TagScanner(false, FUNCTION_CALLS, TOOL_CALLS, closing(FUNCTION_CALLS), closing(TOOL_CALLS), FIRST_CALL);

    /** From an opening tag on. */
    private final StringBuilder held = new StringBuilder();

    private State state = State.TEXT;
    private String closing = "";

    /** How many backticks the line in progress begins with, white space aside; {@link #OTHER} if something else came. */
    private int backticks;

    private boolean fenced;
    private int calls;

    ToolCallMarkup(PieceSink next) {
        super(next);
    }

    private static String closing(String opening) {
        return "</" + opening.substring(1);
    }

    @Override
    public void onText(String text) {
        scanner.add(text);
        for (Part part = scanner.next(); part != null; part = scanner.next()) {
            switch (state) {
                case TEXT -> text(part);
                case OPENED -> opened(part);
                case BLOCK -> block(part);
            }
        }
        if (state == State.TEXT && !mayBegin()) {
            passOn(scanner.rest());
        }
    }

    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        flush();
        next.onToolCallDelta(delta);
    }

    @Override
    public void onEnd() {
        flush();
        next.onEnd();
    }

    private void text(Part part) {
        String tag = part.tag();
        if (mayBegin() && tag != null && (tag.equals(FUNCTION_CALLS) || tag.equals(TOOL_CALLS))) {
            held.append(part.text());
            closing = closing(tag);
            state = State.OPENED;
        } else {
            passOn(part.text());
        }
    }

    private void opened(Part part) {
        if (FIRST_CALL.equals(part.tag())) {
            held.append(part.text());
            state = State.BLOCK;
        } else if (part.text().isBlank()) {
            held.append(part.text());
        } else {
            passOnHeld();
            text(part);
        }
    }

    private void block(Part part) {
        held.append(part.text());
        if (closing.equals(part.tag())) {
            take(held.toString());
            held.setLength(0);
            state = State.TEXT;
        }
    }

    private void take(String block) {
        try {
            for (MarkupCall call : MarkupCall.parse(block)) {
                next.onToolCallDelta(
                        new ToolCallDelta(null, "call_markup_" + calls++, call.name(), call.argumentsJson(), true));
            }
        } catch (IllegalArgumentException e) {
            next.onBadCall("in the text, " + e.getMessage());
        }
    }

    /** What was held back will not become a block any more. */
    private void flush() {
        if (state == State.BLOCK) {
            next.onBadCall("in the text, it is not closed");
        }
        passOnHeld();
        passOn(scanner.rest());
    }

    private void passOnHeld() {
        passOn(held.toString());
        held.setLength(0);
        state = State.TEXT;
    }

    private void passOn(String text) {
        for (int i = 0; i < text.length(); i++) {
            follow(text.charAt(i));
        }
        if (!text.isEmpty()) {
            next.onText(text);
        }
    }

    /** Keeps account of lines and of the fences that begin one. */
    private void follow(char c) {
        if (c == '\n') {
            backticks = 0;
        } else if (c == '`' && backticks != OTHER) {
            fenced ^= ++backticks == FENCE;
        } else if (backticks != 0 || !Character.isWhitespace(c)) {
            backticks = OTHER;
        }
    }

    /** Whether nothing but white space stands before this on the line, outside a fence. */
    private boolean mayBegin() {
        return backticks == 0 && !fenced;
    }
}
