package io.github.deepthink4j.samples.rag.document;

import java.util.ArrayList;
import java.util.List;

/** A long text in blocks that end where a paragraph does, or a line, or a word; together they are the text. */
final class TextBlocks {

    private static final List<String> ENDS = List.of("\n\n", "\n", "\u3002", ". ", " ");

    private TextBlocks() {}

    /**
     * @param length how long a block is, or less
     */
    static List<String> of(String text, int length) {
        List<String> blocks = new ArrayList<>();
        int from = 0;
        while (text.length() - from > length) {
            int to = end(text, from, from + length);
            add(blocks, text.substring(from, to));
            from = to;
        }
        add(blocks, text.substring(from));
        return blocks;
    }

    private static void add(List<String> blocks, String block) {
        if (!block.isBlank()) {
            blocks.add(block);
        }
    }

    /** Not in the first half: a text without paragraphs at all has blocks as well. */
    private static int end(String text, int from, int limit) {
        int least = from + (limit - from) / 2;
        // Of a text without any of them lastIndexOf would go back to its beginning for each block.
        String secondHalf = text.substring(least, limit);
        for (String end : ENDS) {
            int at = secondHalf.lastIndexOf(end);
            if (at >= 0) {
                return least + at + end.length();
            }
        }
        return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }
}
