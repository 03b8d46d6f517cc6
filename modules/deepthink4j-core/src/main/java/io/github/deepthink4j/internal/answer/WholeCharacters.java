package io.github.deepthink4j.internal.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a server has cut in the midst of a character: JSON writes one beyond the basic plane, such as an emoji, as
 * two halves, and some servers send them in two chunks. Half a character is held back until the other one comes; one
 * that never comes is replaced, since no encoding has a place for it. Where the answer was cut, the half is kept apart, for the rest may
 * begin with the other one.
 */
final class WholeCharacters extends PieceFilter {

    private static final String REPLACEMENT = "\ufffd";

    /** The half that ends what has come so far; empty if none does. */
    private static final class Seam {

        private String half = "";
        private @Nullable String field;

        /** Whether the half is that of an answer before, of which this is the rest; it may come anew as a whole. */
        private boolean before;

        /** What is whole by now. */
        private String join(String piece) {
            if (before && !piece.isEmpty()) {
                before = false;
                half = Character.isLowSurrogate(piece.charAt(0)) ? half : "";
            }
            if (half.isEmpty() && !hasHalves(piece)) {
                return piece;
            }
            String text = half + piece;
            boolean open = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
            half = open ? text.substring(text.length() - 1) : "";
            return repaired(open ? text.substring(0, text.length() - 1) : text);
        }

        /** The answer goes on elsewhere. */
        private void forget() {
            half = before ? "" : half;
            before = false;
        }
    }

    private final Seam thinking = new Seam();
    private final Seam text = new Seam();
    private final Map<Long, Seam> calls = new HashMap<>();
    private boolean cut = true;

    /** Whether anything has come behind the thought. */
    private boolean spoken;

    WholeCharacters(PieceSink next) {
        super(next);
    }

    /** This is the rest of an answer that was cut within a character. */
    void goesOnBehind(String half) {
        for (Seam seam : List.of(thinking, text)) {
            seam.half = half;
            seam.before = true;
        }
    }

    /** The first half of a character within which the answer was cut; {@code null} if it was not. */
    @Nullable
    String half() {
        String half = spoken || !text.half.isEmpty() ? text.half : thinking.half;
        return cut && !half.isEmpty() ? half : null;
    }

    /** A part of that answer, and cut where that was cut. */
    void isCutAs(WholeCharacters other) {
        cut = other.cut;
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
        if (!piece.isEmpty()) {
            text.forget();
        }
        next.onThinking(field, thinking.join(piece));
    }

    @Override
    public void onText(String piece) {
        spoken = true;
        thinking.forget();
        String whole = text.join(piece);
        if (!whole.isEmpty()) {
            next.onText(whole);
        }
    }

    @Override
    public void onFinish(String reason) {
        cut = reason.equals("length");
        super.onFinish(reason);
    }

    /** Calls may take turns, so that each index has a seam of its own; some hosts repeat the name with each piece. */
    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        spoken = true;
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
        // A thought with something behind it was not cut.
        boolean thoughtIsOver = !cut || spoken;
        if (!thinking.half.isEmpty() && !thinking.before && thinking.field != null && thoughtIsOver) {
            next.onThinking(thinking.field, REPLACEMENT);
        }
        if (!text.half.isEmpty() && !text.before && !cut) {
            next.onText(REPLACEMENT);
        }
        next.onEnd();
    }
}
