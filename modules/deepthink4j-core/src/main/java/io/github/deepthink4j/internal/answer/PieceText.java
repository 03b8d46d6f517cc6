package io.github.deepthink4j.internal.answer;

import org.jspecify.annotations.Nullable;

/** A text in pieces; one that comes as one piece stays what it is, without a copy. */
final class PieceText {

    private String first = "";
    private @Nullable StringBuilder all;

    void append(String piece) {
        if (all != null) {
            all.append(piece);
        } else if (first.isEmpty()) {
            first = piece;
        } else {
            all = new StringBuilder(2 * (first.length() + piece.length()));
            all.append(first).append(piece);
            first = "";
        }
    }

    int length() {
        return all == null ? first.length() : all.length();
    }

    boolean isEmpty() {
        return all == null && first.isEmpty();
    }

    @Override
    public String toString() {
        return all == null ? first : all.toString();
    }
}
