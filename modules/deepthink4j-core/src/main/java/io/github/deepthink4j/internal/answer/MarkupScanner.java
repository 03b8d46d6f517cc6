package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.MarkupTagReader.Step;
import org.jspecify.annotations.Nullable;

/**
 * Finds tool-call markup in text that comes in pieces, cut anywhere. Held back is no more than what may be the beginning of
 * a tag, and each character is looked at once, or twice where a tag turns out to be none.
 */
final class MarkupScanner {

    /**
     * A tag, or text.
     *
     * @param text as it was written; never empty
     * @param tag  {@code null} for text
     */
    record Part(String text, @Nullable MarkupTag tag) {}

    private final StringBuilder begun = new StringBuilder();
    private final MarkupTagReader reader;
    private String piece = "";
    private int position;
    private long looks;

    MarkupScanner() {
        this(false);
    }

    /** @param bare whether to look for tags only that have lost their DSML and its bars */
    MarkupScanner(boolean bare) {
        this.reader = new MarkupTagReader(bare);
    }

    /** The next piece; what came before must have been read as far as it goes. */
    void add(String piece) {
        this.piece = piece;
        position = 0;
    }

    /** Whether this piece is text, and no tag begins in it or has begun before it. */
    boolean isPlain(String piece) {
        if (!begun.isEmpty()) {
            return false;
        }
        for (int i = 0; i < piece.length(); i++) {
            if (MarkupTagReader.mayOpen(piece.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code null} until more is added. */
    @Nullable
    Part next() {
        if (begun.isEmpty()) {
            int start = position;
            while (position < piece.length() && !MarkupTagReader.mayOpen(piece.charAt(position))) {
                position++;
            }
            looks += position - start;
            if (position > start) {
                return new Part(piece.substring(start, position), null);
            }
        }
        return tag();
    }

    /** What was held back, now that no more comes; {@code null} if nothing was. */
    @Nullable
    Part end() {
        if (begun.isEmpty()) {
            return null;
        }
        return part(reader.end() != Step.NONE);
    }

    /** How many characters have been looked at. */
    long looks() {
        return looks;
    }

    private @Nullable Part tag() {
        while (position < piece.length()) {
            char c = piece.charAt(position);
            looks++;
            Step step = begun.isEmpty() ? begin(c) : reader.read(c);
            if (step == Step.MORE || step == Step.TAG) {
                begun.append(c);
                position++;
            }
            if (step != Step.MORE) {
                return part(step != Step.NONE);
            }
        }
        return null;
    }

    private Step begin(char c) {
        reader.open(c);
        return Step.MORE;
    }

    private Part part(boolean isTag) {
        Part part = new Part(begun.toString(), isTag ? reader.tag() : null);
        begun.setLength(0);
        reader.reset();
        return part;
    }
}
