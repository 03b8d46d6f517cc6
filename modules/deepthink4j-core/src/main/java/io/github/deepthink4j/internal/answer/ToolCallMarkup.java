package io.github.deepthink4j.internal.answer;

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

    private static final String[] OPENINGS = {"<" + MARK + "function_calls>", "<" + MARK + "tool_calls>"};
    private static final String FIRST_CALL = "<" + MARK + "invoke name=\"";
    private static final String FENCE = "```";

    private final StringBuilder held = new StringBuilder();

    /** Of the line in progress, what has been passed on already; a block can only begin where this is blank. */
    private boolean lineBegun;

    private boolean fenced;
    private int calls;

    ToolCallMarkup(PieceSink next) {
        super(next);
    }

    @Override
    public void onText(String text) {
        held.append(text);
        advance(false);
    }

    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        advance(true);
        next.onToolCallDelta(delta);
    }

    @Override
    public void onEnd() {
        advance(true);
        next.onEnd();
    }

    /** Passes on what is text for certain, and takes blocks that are complete. */
    private void advance(boolean atEnd) {
        int done = 0;
        int position = 0;
        while (position < held.length()) {
            if (held.charAt(position) == '<' && !lineBegun && !fenced) {
                Block block = blockAt(position, atEnd);
                if (block == Block.MORE_NEEDED) {
                    break;
                }
                if (block.end > position) {
                    passOn(done, position);
                    take(position, block.end);
                    done = position = block.end;
                    continue;
                }
            }
            int line = endOfLine(position);
            if (line < 0 && !atEnd && !lineBegun && held.length() - position < FENCE.length()) {
                // Too little of the line to know whether it is a fence.
                break;
            }
            if (!lineBegun && startsWith(position, FENCE)) {
                fenced = !fenced;
            }
            char c = held.charAt(position);
            lineBegun = c != '\n' && (lineBegun || !Character.isWhitespace(c));
            position++;
        }
        passOn(done, position);
        held.delete(0, position);
    }

    /** Where a block ends that starts at a place; 0 for none. */
    private record Block(int end) {

        private static final Block NONE = new Block(0);
        private static final Block MORE_NEEDED = new Block(-1);
    }

    private Block blockAt(int start, boolean atEnd) {
        for (String opening : OPENINGS) {
            if (startsWith(start, opening)) {
                int call = afterSpace(start + opening.length());
                if (!startsWith(call, FIRST_CALL)) {
                    return mayBecome(call, FIRST_CALL) && !atEnd ? Block.MORE_NEEDED : Block.NONE;
                }
                String closing = "</" + opening.substring(1);
                int close = held.indexOf(closing, call);
                if (close >= 0) {
                    return new Block(close + closing.length());
                }
                if (!atEnd) {
                    return Block.MORE_NEEDED;
                }
                next.onMalformed("a tool call in the text is not closed");
                return Block.NONE;
            }
            if (mayBecome(start, opening) && !atEnd) {
                return Block.MORE_NEEDED;
            }
        }
        return Block.NONE;
    }

    private void take(int start, int end) {
        String block = held.substring(start, end);
        try {
            for (MarkupCall call : MarkupCall.parse(block)) {
                next.onToolCallDelta(
                        new ToolCallDelta(null, "call_markup_" + calls++, call.name(), call.argumentsJson()));
            }
        } catch (IllegalArgumentException e) {
            next.onMalformed("a tool call in the text can't be read: " + e.getMessage());
        }
    }

    private void passOn(int from, int to) {
        if (to > from) {
            next.onText(held.substring(from, to));
        }
    }

    private int endOfLine(int from) {
        return held.indexOf("\n", from);
    }

    private int afterSpace(int from) {
        int i = from;
        while (i < held.length() && Character.isWhitespace(held.charAt(i))) {
            i++;
        }
        return i;
    }

    private boolean startsWith(int at, String text) {
        return held.length() - at >= text.length() && matches(at, text, text.length());
    }

    private boolean mayBecome(int at, String text) {
        int length = held.length() - at;
        return length < text.length() && matches(at, text, length);
    }

    private boolean matches(int at, String text, int length) {
        for (int i = 0; i < length; i++) {
            if (held.charAt(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
