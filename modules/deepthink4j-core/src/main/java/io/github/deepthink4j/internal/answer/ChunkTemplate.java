package io.github.deepthink4j.internal.answer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a stream are the same bytes around another text. They are learnt from a chunk that the parser has read, where
 * its one effect was one piece; an event that has exactly these bytes around a JSON string is that chunk with another text,
 * and no parser need read it. All else goes to the parser: other bytes, {@code \\u}, what is no UTF-8, an empty text.
 */
final class ChunkTemplate {

    /** So often in a row something may be learnt that then does not fit: who changes each chunk is not worth learning. */
    private static final int MOST_VAIN = 16;

    private byte @Nullable [] before;
    private byte[] after = {};

    /** Where the thought came from; {@code null} for text. */
    private @Nullable String field;

    private int vain;

    /**
     * Passes the event's text on, if the event fits.
     *
     * @param buffer its text's escapes may be undone in place if it fits
     * @return whether it has
     */
    boolean pass(byte[] buffer, int offset, int length, PieceSink pieces) {
        String text = text(buffer, offset, length);
        if (text == null) {
            return false;
        }
        vain = 0;
        if (field == null) {
            pieces.onText(text);
        } else {
            pieces.onThinking(field, text);
        }
        return true;
    }

    /**
     * Learns from a chunk, whatever was learnt before.
     *
     * @param from  the field of the thought; {@code null} for text
     * @param piece what the parser has made of it
     */
    void learn(byte[] buffer, int offset, int length, @Nullable String from, String piece) {
        forget();
        if (vain == MOST_VAIN) {
            return;
        }
        vain++;
        TextPlace place = TextPlace.find(buffer, offset, length, from == null ? "content" : from);
        if (place == null) {
            return;
        }
        before = Arrays.copyOfRange(buffer, offset, offset + place.from());
        after = Arrays.copyOfRange(buffer, offset + place.to(), offset + length);
        field = from;
        if (!piece.equals(text(Arrays.copyOfRange(buffer, offset, offset + length), 0, length))) {
            // Escaped in a way that only the parser reads, or found in another place than the reader has.
            forget();
        }
    }

    /** The parser has read a chunk that can't be learnt; what it has said beside its text is what counts from now on. */
    void forget() {
        before = null;
    }

    private @Nullable String text(byte[] buffer, int offset, int length) {
        byte[] head = before;
        if (head == null || length <= head.length + after.length) {
            return null;
        }
        int from = offset + head.length;
        int end = offset + length;
        int to = end - after.length;
        // From behind: what ends an answer differs there, and so does a text of another field.
        if (!Arrays.equals(buffer, to, end, after, 0, after.length)
                || !Arrays.equals(buffer, offset, from, head, 0, head.length)) {
            return null;
        }
        return PlainJsonText.read(buffer, from, to);
    }
}
