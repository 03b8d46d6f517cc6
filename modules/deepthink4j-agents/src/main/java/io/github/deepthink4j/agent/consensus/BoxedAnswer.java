package io.github.deepthink4j.agent.consensus;

import java.util.Optional;

/** What stands in LaTeX's {@code \boxed{...}}, in which braces may nest. */
final class BoxedAnswer {

    private static final String OPENING = "\\boxed{";

    private BoxedAnswer() {}

    /** The content of the last box that is closed; a number as a number. */
    static Optional<Object> last(String text) {
        for (int start = text.lastIndexOf(OPENING); start >= 0; start = text.lastIndexOf(OPENING, start - 1)) {
            int end = closing(text, start + OPENING.length());
            if (end >= 0) {
                return value(text.substring(start + OPENING.length(), end));
            }
        }
        return Optional.empty();
    }

    private static int closing(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                // An escaped brace is none.
                i++;
            } else if (c == '{') {
                open++;
            } else if (c == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Object> value(String content) {
        String bare = content.replaceAll("\\s+", "");
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        return NumberAnswer.whole(bare).map(number -> (Object) number).or(() -> Optional.of(bare));
    }
}
