package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The codes in a question: error numbers, model and part numbers, names out of a program. Whoever asks for {@code E-4711} asks for that.
 *
 * @param codes in small letters
 */
record Codes(Set<String> codes) {

    /** Letters with digits, or with signs in between as in {@code max_retries}; a number alone is an amount or a year. */
    private static final Pattern CODE =
            Pattern.compile("(?=[a-z0-9_.-]*[a-z])(?=[a-z0-9_.-]*[0-9_])" + "[a-z0-9]+(?:[-_.][a-z0-9]+)*");

    static Codes in(String question) {
        return new Codes(CODE.matcher(question.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .filter(code -> code.length() > 2)
                .collect(Collectors.toSet()));
    }

    /** Whether there are codes, and all of them stand in this passage or in its heading. */
    boolean areIn(TextSegment passage) {
        if (codes.isEmpty()) {
            return false;
        }
        String text = (passage.metadata().getString(Keys.HEADING) + "\n" + passage.text()).toLowerCase(Locale.ROOT);
        Set<String> there = in(text).codes();
        return there.containsAll(codes);
    }
}
