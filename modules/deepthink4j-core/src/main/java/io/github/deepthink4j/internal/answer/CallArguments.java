package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.value.JsonTrees;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A tool call's arguments as they come, and whether they are one JSON object by now. Each character is looked at once,
 * however many pieces there are, and Jackson is asked once, when the last bracket has closed.
 */
final class CallArguments {

    private static final JsonFactory JSON = new JsonFactory();

    private enum State {
        /** Nothing but white space so far. */
        BLANK,
        OPEN,
        /** The first bracket has its partner, and nothing but white space stands behind it. */
        CLOSED,
        /** One object, as Jackson reads it. */
        OBJECT,
        /** Whatever may come, this will not be an object. */
        NO_OBJECT
    }

    private final StringBuilder text = new StringBuilder();
    private State state = State.BLANK;
    private int depth;
    private boolean inString;
    private boolean escaped;

    void add(String piece) {
        text.append(piece);
        for (int i = 0; i < piece.length() && state != State.NO_OBJECT; i++) {
            look(piece.charAt(i));
        }
    }

    private void look(char c) {
        if (state == State.OPEN && inString) {
            inString = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
        } else if (Character.isWhitespace(c)) {
            return;
        } else if (state == State.OPEN) {
            inString = c == '"';
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            state = depth == 0 ? State.CLOSED : State.OPEN;
        } else if (state == State.BLANK && c == '{') {
            depth = 1;
            state = State.OPEN;
        } else {
            state = State.NO_OBJECT;
        }
    }

    boolean isBlank() {
        return state == State.BLANK;
    }

    /** Whether they are one JSON object, to which nothing could be added. */
    boolean isWhole() {
        if (state == State.CLOSED) {
            state = parses() ? State.OBJECT : State.NO_OBJECT;
        }
        return state == State.OBJECT;
    }

    /** Whether they are the beginning of an object, and no more. */
    boolean isCut() {
        return state == State.OPEN;
    }

    /** Whether these are all of them once more, in whatever spelling, or they go on in it. */
    boolean areIn(String whole) {
        boolean goesOn = isCut() && whole.startsWith(text.toString());
        if (!goesOn && !isWhole()) {
            return false;
        }
        CallArguments again = new CallArguments();
        again.add(whole);
        return again.isWhole() && (goesOn || tree().equals(again.tree()));
    }

    private JsonNode tree() {
        try {
            return JsonTrees.read(text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("what has been parsed can't be read", e);
        }
    }

    /** What has not come yet of arguments that these are in. */
    String restIn(String whole) {
        return isWhole() ? "" : whole.substring(text.length());
    }

    private boolean parses() {
        try (JsonParser parser = JSON.createParser(text.toString())) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the tool gets: a call of a tool without parameters has come blank, or as {@code null}. */
    String forTool() {
        return isBlank() || text.toString().strip().equals("null") ? "{}" : text.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
