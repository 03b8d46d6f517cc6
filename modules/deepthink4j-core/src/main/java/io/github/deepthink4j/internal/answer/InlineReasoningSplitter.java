package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.TagScanner.Part;
import org.jspecify.annotations.Nullable;

/**
 * Takes reasoning out of the answer's text where a host leaves it there between {@code <think>} and {@code </think>}
 * (docs/protocol.md, section 9). Tags count at the start of the text only: an answer may speak of them.
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

    private final TagScanner scanner = new TagScanner(true, OPEN, CLOSE);

    /** White space at the start, which belongs to the answer unless a tag follows. */
    private final StringBuilder blank = new StringBuilder();

    private State state;
    private int depth;
    private char lastReasoningChar;

    /** A tag behind a quotation mark: what comes next says whether it is quoted. */
    private @Nullable Part doubtful;

    InlineReasoningSplitter(PieceSink next, boolean startsInReasoning) {
        super(next);
        this.state = startsInReasoning ? State.START_IN_REASONING : State.START;
    }

    @Override
    public void onText(String text) {
        if (state == State.ANSWER) {
            next.onText(text);
        } else if (state == State.AFTER_REASONING) {
            answer(text);
        } else {
            scanner.add(text);
            read();
        }
    }

    /** A host that sends reasoning in a field of its own has nothing to hide in the text. */
    @Override
    public void onThinking(String field, String text) {
        if (!text.isEmpty() && isAtStart()) {
            state = State.ANSWER;
            tellText(blank + scanner.rest());
        }
        next.onThinking(field, text);
    }

    @Override
    public void onEnd() {
        if (doubtful != null) {
            tag(doubtful);
        }
        String rest = scanner.rest();
        if (state == State.REASONING) {
            // Never closed: all of it is reasoning.
            tellReasoning(rest);
        } else if (state == State.AFTER_REASONING) {
            answer(rest);
        } else if (isAtStart() && !rest.isEmpty()) {
            begin(rest);
        }
        next.onEnd();
    }

    private boolean isAtStart() {
        return state == State.START || state == State.START_IN_REASONING;
    }

    private void read() {
        for (Part part = scanner.next(); part != null; part = scanner.next()) {
            if (isAtStart()) {
                start(part);
            } else {
                reasoning(part);
            }
            if (state == State.ANSWER) {
                tellText(scanner.rest());
            } else if (state == State.AFTER_REASONING) {
                answer(scanner.rest());
            }
        }
    }

    private void start(Part part) {
        if (part.tag() == null && afterSpace(part.text()) == part.text().length()) {
            blank.append(part.text());
        } else if (part.tag() == null) {
            begin(part.text());
        } else {
            // A closing tag is a stray one, as on the turn after a tool call, or the end of an empty thought.
            state = part.tag().equals(OPEN) ? State.REASONING : State.AFTER_REASONING;
            depth = 1;
        }
    }

    /** The first text is not a tag. */
    private void begin(String text) {
        if (state == State.START) {
            state = State.ANSWER;
            tellText(blank + text);
        } else {
            state = State.REASONING;
            depth = 1;
            tellReasoning(blank + text);
        }
    }

    private void reasoning(Part part) {
        Part before = doubtful;
        doubtful = null;
        if (before != null && part.text().charAt(0) == lastReasoningChar) {
            // Quoted: the thought speaks of the tag.
            tellReasoning(before.text());
        } else if (before != null) {
            tag(before);
        }
        if (state == State.AFTER_REASONING) {
            answer(part.text());
        } else if (part.tag() == null) {
            tellReasoning(part.text());
        } else if (isQuote(lastReasoningChar)) {
            doubtful = part;
        } else {
            tag(part);
        }
    }

    private void tag(Part part) {
        depth += CLOSE.equals(part.tag()) ? -1 : 1;
        if (depth == 0) {
            state = State.AFTER_REASONING;
        } else {
            tellReasoning(part.text());
        }
    }

    private void answer(String text) {
        String answer = text.substring(afterSpace(text));
        if (!answer.isEmpty()) {
            state = State.ANSWER;
            next.onText(answer);
        }
    }

    private void tellReasoning(String text) {
        if (!text.isEmpty()) {
            lastReasoningChar = text.charAt(text.length() - 1);
            next.onThinking(FIELD, text);
        }
    }

    private void tellText(String text) {
        if (!text.isEmpty()) {
            next.onText(text);
        }
    }

    private static int afterSpace(String text) {
        int i = 0;
        while (i < text.length() && (Character.isWhitespace(text.charAt(i)) || Character.isSpaceChar(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static boolean isQuote(char c) {
        return c == '`' || c == '"' || c == '\'';
    }
}
