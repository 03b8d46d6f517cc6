package io.github.deepthink4j.internal.answer;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for a call of R1, V3 or V3.1 from which a host has taken every token out: what is left is the name of one of the
 * request's tools at the beginning of a line, and its arguments behind it to the answer's end. It has been told as text when
 * it is known for one, so that no call can be made of it.
 */
final class NakedCall {

    private static final int LONGEST = 512;

    private final boolean looks;
    private final MarkdownPlace place = new MarkdownPlace();
    private final StringBuilder begun = new StringBuilder();
    private final Matcher call;
    private boolean mayBegin = true;
    private boolean found;

    /** @param tools the names of those that the request has given */
    NakedCall(Set<String> tools) {
        this.looks = !tools.isEmpty();
        String names = tools.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
        this.call = Pattern.compile(
                        "(?:" + names + "|function" + names + "[ \\t]*\\r?\\n\\s*```(?:json)?\\s*)\\{\\s*[\"}]")
                .matcher(begun);
    }

    void follow(String text) {
        if (!looks) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            place.follow(c);
            if (mayBegin && !found) {
                begun.append(c);
                found = call.reset().lookingAt();
                mayBegin = call.hitEnd() && begun.length() < LONGEST;
            }
            if (c == '\n' && !mayBegin) {
                begun.setLength(0);
                mayBegin = !place.isQuoted();
            }
        }
    }

    /** Whether the text ends with one. */
    boolean isFound() {
        return found && place.endsWithOneOf("}`");
    }
}
