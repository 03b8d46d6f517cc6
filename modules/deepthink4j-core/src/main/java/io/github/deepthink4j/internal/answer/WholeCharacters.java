package io.github.deepthink4j.internal.answer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a server has cut in the midst of a character: JSON writes one beyond the basic plane, such as an emoji, as
 * two halves, and some servers send them in two chunks. Half a character is held back until the other one comes; one
 * that never comes is replaced, since no encoding has a place for it.
 */
final class WholeCharacters extends PieceFilter {

    private static final String REPLACEMENT = "\ufffd";

    /** The half that ends what has come so far; empty if none does. */
    private static final class Seam {

        private String half = "";
        private @Nullable String field;

        /** What is whole by now. */
        private String join(String piece) {
            if (half.isEmpty() && !hasHalves(piece)) {
                return piece;
            }
            String text = half + piece;
            boolean open = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
            half = open ? text.substring(text.length() - 1) : "";
            return repaired(open ? text.substring(0, text.length() - 1) : text);
        }
    }

    private final Seam thinking = new Seam();
    private final Seam text = new Seam();
    private final Map<Long, Seam> calls = new HashMap<>();

    WholeCharacters(PieceSink next) {
        super(next);
    }

    private static boolean hasHalves(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String repaired(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            whole.append(half ? REPLACEMENT : Character.toString(point));
        });
        return whole.toString();
    }

    @Override
    public void onThinking(String field, String piece) {
        thinking.field = field;
        next.onThinking(field, thinking.join(piece));
    }

    @Override
    public void onText(String piece) {
        String whole = text.join(piece);
        if (!whole.isEmpty()) {
            next.onText(whole);
        }
    }

    /** Calls may take turns, so that each index has a seam of its own; some hosts repeat the name with each piece. */
    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        Long index = delta.index();
        Seam seam = calls.computeIfAbsent(index == null ? -1L : index, place -> new Seam());
        if (delta.begins() || (delta.hasName() && delta.piece().startsWith("{"))) {
            seam.half = "";
        }
        String whole = seam.join(delta.piece());
        ToolCallDelta joined = whole.equals(delta.piece())
                ? delta
                : new ToolCallDelta(delta.index(), delta.id(), delta.name(), whole, delta.begins());
        if (!joined.isBlank()) {
            next.onToolCallDelta(joined);
        }
    }

    @Override
    public void onEnd() {
        if (!thinking.half.isEmpty() && thinking.field != null) {
            next.onThinking(thinking.field, REPLACEMENT);
        }
        if (!text.half.isEmpty()) {
            next.onText(REPLACEMENT);
        }
        next.onEnd();
    }
}
