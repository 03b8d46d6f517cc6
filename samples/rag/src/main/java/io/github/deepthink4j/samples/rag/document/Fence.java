package io.github.deepthink4j.samples.rag.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows Markdown line by line, and knows whether a line is within fenced code. */
final class Fence {

    private static final Pattern LINE = Pattern.compile(" {0,3}(```+|~~~+)(.*)");

    private String open = "";

    void follow(String line) {
        Matcher fence = LINE.matcher(line);
        if (!fence.matches()) {
            return;
        }
        if (open.isEmpty()) {
            // What stands behind it is the language; of a line of code in a sentence it has marks of its own.
            open = fence.group(2).indexOf('`') < 0 ? fence.group(1) : "";
        } else if (fence.group(1).startsWith(open) && fence.group(2).isBlank()) {
            open = "";
        }
    }

    boolean isOpen() {
        return !open.isEmpty();
    }
}
