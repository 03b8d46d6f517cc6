package io.github.deepthink4j.internal.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds tags in text that comes in pieces, cut anywhere. Of a piece, only what may be the beginning of a tag is held back;
 * what has been looked at is not looked at again, so that the work grows with the length of the text, whatever the pieces.
 */
final class TagScanner {

    /**
     * A tag, or the text up to the next one.
     *
     * @param text as it was written; never empty
     * @param tag  which of the tags it is; {@code null} for other text
     */
    record Part(String text, @Nullable String tag) {}

    private final List<String> tags;
    private final boolean ignoreCase;
    private String text = "";
    private int position;

    /**
     * @param tags each begins with {@code <} and holds no other, so that no two can overlap
     */
    TagScanner(boolean ignoreCase, String... tags) {
        this.tags = List.of(tags);
        this.ignoreCase = ignoreCase;
    }

    /** The next piece; what came before must have been read as far as it goes. */
    void add(String piece) {
        text = position == text.length() ? piece : text.substring(position) + piece;
        position = 0;
    }

    /** {@code null} until more is added. */
    @Nullable
    Part next() {
        int start = position;
        for (int at = text.indexOf('<', start); at >= 0; at = text.indexOf('<', at + 1)) {
            String tag = tagAt(at);
            if (tag != null && at == start) {
                return read(at + tag.length(), tag);
            }
            if (tag != null || mayBeginAt(at)) {
                return at == start ? null : read(at, null);
            }
        }
        return start == text.length() ? null : read(text.length(), null);
    }

    /** All that was not read, also what was held back. */
    String rest() {
        String rest = text.substring(position);
        position = text.length();
        return rest;
    }

    private Part read(int end, @Nullable String tag) {
        Part part = new Part(text.substring(position, end), tag);
        position = end;
        return part;
    }

    private @Nullable String tagAt(int at) {
        for (String tag : tags) {
            if (text.regionMatches(ignoreCase, at, tag, 0, tag.length())) {
                return tag;
            }
        }
        return null;
    }

    private boolean mayBeginAt(int at) {
        int length = text.length() - at;
        for (String tag : tags) {
            if (length < tag.length() && text.regionMatches(ignoreCase, at, tag, 0, length)) {
                return true;
            }
        }
        return false;
    }
}
