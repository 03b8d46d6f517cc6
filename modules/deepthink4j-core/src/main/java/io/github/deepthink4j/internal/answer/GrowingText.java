package io.github.deepthink4j.internal.answer;

import java.io.IOException;

/**
 * A text that comes in whole messages in place of deltas: each time all of it so far, or its next piece. Which, is seen by
 * whether it begins with all that has been said.
 */
final class GrowingText {

    private final PieceText said = new PieceText();
    private boolean grows;

    /**
     * What has not been said yet.
     *
     * @throws IOException if it is another text than the one that has grown so far
     */
    String beyond(String text) throws IOException {
        if (text.length() >= said.length() && text.startsWith(said.toString())) {
            grows |= !said.isEmpty();
            String rest = text.substring(said.length());
            said.append(rest);
            return rest;
        }
        if (!grows) {
            said.append(text);
            return text;
        }
        if (said.toString().startsWith(text.stripTrailing())) {
            return "";
        }
        throw new IOException("a whole message that is not the one before it, and more");
    }
}
