package io.github.deepthink4j.samples.rag.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text that is still growing into sentences. What it cuts off does not depend on what comes later, so that any
 * pieces give the same sentences. A line's end ends a sentence; citations after the full stop belong to it.
 */
final class Sentences {

    private static final String CITATIONS =
            "(?: ?" + Citations.CITATION.pattern().replace("(\\d", "(?:\\d") + ")*+";
    private static final Pattern LINE_END = Pattern.compile("\n");
    private static final Pattern END = Pattern.compile("(?:[.!?…][\"'”’)*_]*+" + CITATIONS
            + "(?=[ \t]+[^\\s\\[【])|[。！？][”’」』）]*+" + CITATIONS + "(?=[ \t]*+[^\\s\\[【”’」』）]))");
    private static final Pattern ABBREVIATION = Pattern.compile(
            "(?i)(?:^|[\\s(])(?:e\\.g|i\\.e|approx|no|nr|vs|cf|dr|mr|mrs|ms|st|fig|p|pp|ca|z\\.b|\\d+)\\.$");

    private Sentences() {}

    /** Where the first sentence ends, as far as that is certain; -1 if it is not yet. */
    static int firstEnd(CharSequence text) {
        Matcher line = LINE_END.matcher(text);
        int lineEnd = line.find() ? line.end() : -1;
        Matcher end = END.matcher(text);
        while (end.find()) {
            if (lineEnd >= 0 && end.start() >= lineEnd - 1) {
                break;
            }
            boolean abbreviation =
                    ABBREVIATION.matcher(text.subSequence(0, end.start() + 1)).find();
            if (!abbreviation) {
                return end.end();
            }
        }
        return lineEnd;
    }
}
