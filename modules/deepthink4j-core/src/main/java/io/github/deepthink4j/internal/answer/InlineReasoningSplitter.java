package io.github.deepthink4j.internal.answer;

/**
 * Takes reasoning out of the answer's text where a host leaves it there between {@code <think>} and {@code </think>}
 * (docs/protocol.md, section 9). A state machine that holds back no more than what may be the beginning of a tag, so
 * that tags may be cut anywhere. Tags count at the start of the text only: an answer may speak of them.
 */
final class InlineReasoningSplitter extends PieceFilter {

    private static final String FIELD = "content";
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private enum State {
        /** Nothing but white space so far. */
        START,
        /** As {@code START}, but what comes is reasoning although its opening tag may be missing. */
        START_IN_REASONING,
        REASONING,
        /** Behind the closing tag: white space is not part of the answer. */
        AFTER_REASONING,
        ANSWER
    }

    private final StringBuilder held = new StringBuilder();
    private State state;
    private int depth;
    private char lastReasoningChar;

    InlineReasoningSplitter(PieceSink next, boolean startsInReasoning) {
        super(next);
        this.state = startsInReasoning ? State.START_IN_REASONING : State.START;
    }

    @Override
    public void onText(String text) {
        if (state == State.ANSWER) {
            next.onText(text);
            return;
        }
        held.append(text);
        while (step(false)) {
            // Each step ends in another state, or with a tag less in what is held.
            continue;
        }
    }

    /** A host that sends reasoning in a field of its own has nothing to hide in the text. */
    @Override
    public void onThinking(String field, String text) {
        if (!text.isEmpty() && (state == State.START || state == State.START_IN_REASONING)) {
            state = State.ANSWER;
            flushText();
        }
        next.onThinking(field, text);
    }

    @Override
    public void onEnd() {
        while (step(true)) {
            continue;
        }
        if (state == State.REASONING || state == State.START_IN_REASONING) {
            // Never closed: all of it is reasoning.
            reasoning(held.length());
        } else if (state == State.START) {
            flushText();
        }
        next.onEnd();
    }

    /** Looks at what is held; {@code false} when more is needed. */
    private boolean step(boolean atEnd) {
        return switch (state) {
            case START, START_IN_REASONING -> start(atEnd);
            case REASONING -> insideReasoning(atEnd);
            case AFTER_REASONING -> afterReasoning();
            case ANSWER -> false;
        };
    }

    private boolean start(boolean atEnd) {
        int from = afterSpace();
        if (isTag(OPEN, from)) {
            held.delete(0, from + OPEN.length());
            depth = 1;
            state = State.REASONING;
            return true;
        }
        if (isTag(CLOSE, from)) {
            // A stray closing tag, as on the turn after a tool call; or the end of an empty thought.
            held.delete(0, from + CLOSE.length());
            state = State.AFTER_REASONING;
            return true;
        }
        if (!atEnd && (from == held.length() || mayBecomeTag(OPEN, from) || mayBecomeTag(CLOSE, from))) {
            return false;
        }
        if (from == held.length()) {
            // The end, and nothing but white space: no answer.
            held.setLength(0);
            return false;
        }
        if (state == State.START_IN_REASONING) {
            depth = 1;
            state = State.REASONING;
            return true;
        }
        state = State.ANSWER;
        flushText();
        return false;
    }

    private boolean insideReasoning(boolean atEnd) {
        for (int i = 0; i < held.length(); i++) {
            if (held.charAt(i) != '<') {
                continue;
            }
            boolean close = isTag(CLOSE, i);
            if (close || isTag(OPEN, i)) {
                int end = i + (close ? CLOSE.length() : OPEN.length());
                char before = i > 0 ? held.charAt(i - 1) : lastReasoningChar;
                if (isQuote(before)) {
                    if (end == held.length() && !atEnd) {
                        reasoning(i);
                        return false;
                    }
                    if (end < held.length() && held.charAt(end) == before) {
                        // Quoted: the thought speaks of the tag.
                        continue;
                    }
                }
                if (close && --depth == 0) {
                    reasoning(i);
                    held.delete(0, CLOSE.length());
                    state = State.AFTER_REASONING;
                    return true;
                }
                if (!close) {
                    depth++;
                }
            } else if (!atEnd && (mayBecomeTag(CLOSE, i) || mayBecomeTag(OPEN, i))) {
                reasoning(i);
                return false;
            }
        }
        reasoning(held.length());
        return false;
    }

    private boolean afterReasoning() {
        held.delete(0, afterSpace());
        if (held.isEmpty()) {
            return false;
        }
        state = State.ANSWER;
        flushText();
        return false;
    }

    /** Passes the first characters of what is held on as reasoning. */
    private void reasoning(int length) {
        if (length > 0) {
            lastReasoningChar = held.charAt(length - 1);
            next.onThinking(FIELD, held.substring(0, length));
            held.delete(0, length);
        }
    }

    private void flushText() {
        if (!held.isEmpty()) {
            next.onText(held.toString());
            held.setLength(0);
        }
    }

    private int afterSpace() {
        int i = 0;
        while (i < held.length() && (Character.isWhitespace(held.charAt(i)) || Character.isSpaceChar(held.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static boolean isQuote(char c) {
        return c == '`' || c == '"' || c == '\'';
    }

    private boolean isTag(String tag, int at) {
        return held.length() - at >= tag.length() && matches(tag, at, tag.length());
    }

    private boolean mayBecomeTag(String tag, int at) {
        int length = held.length() - at;
        return length < tag.length() && matches(tag, at, length);
    }

    private boolean matches(String tag, int at, int length) {
        for (int i = 0; i < length; i++) {
            if (Character.toLowerCase(held.charAt(at + i)) != tag.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
