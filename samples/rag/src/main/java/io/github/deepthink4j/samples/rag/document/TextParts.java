package io.github.deepthink4j.samples.rag.document;

import java.util.ArrayList;
import java.util.List;

/** Paragraphs, tables and fenced code of a text: what is read as one. */
final class TextParts {

    private TextParts() {}

    /** Where each of them ends, blank lines included, without the end of the text. */
    static List<Integer> ends(String text) {
        List<Integer> ends = new ArrayList<>();
        Fence fence = new Fence();
        boolean blank = false;
        boolean table = false;
        int at = 0;
        while (at < text.length()) {
            int next = nextLine(text, at);
            String line = text.substring(at, next).stripTrailing();
            boolean inside = fence.isOpen();
            fence.follow(line);
            boolean begins = fence.isOpen() && !inside;
            boolean endsTable = table && !MarkdownTable.isRow(line);
            boolean beginsTable = !inside && !table && MarkdownTable.beginsAt(text, at);
            if (!inside && (blank && !line.isEmpty() || begins || endsTable || beginsTable) && at > 0) {
                ends.add(at);
            }
            table = !inside && !begins && (beginsTable || table && !endsTable);
            boolean endsFence = inside && !fence.isOpen();
            blank = !fence.isOpen() && (line.isEmpty() || endsFence);
            at = next;
        }
        return ends;
    }

    private static int nextLine(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }
}
