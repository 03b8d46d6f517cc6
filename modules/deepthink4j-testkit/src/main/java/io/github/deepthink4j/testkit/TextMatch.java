package io.github.deepthink4j.testkit;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a text must be like for a script to answer it. */
public final class TextMatch {

    private final String description;
    private final String expected;
    private final Predicate<String> predicate;

    private TextMatch(String description, String expected, Predicate<String> predicate) {
        this.description = description;
        this.expected = expected;
        this.predicate = predicate;
    }

    /** Text with this in it; case matters. */
    public static TextMatch containing(String part) {
        return new TextMatch("containing \"" + part + "\"", part, text -> text.contains(part));
    }

    /** This text and nothing else. */
    public static TextMatch equalTo(String whole) {
        return new TextMatch("equal to \"" + whole + "\"", whole, whole::equals);
    }

    /** Text that this pattern is found in. */
    public static TextMatch matching(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
        return new TextMatch(
                "matching /" + regex + "/", regex, text -> pattern.matcher(text).find());
    }

    /** Any text. */
    public static TextMatch anything() {
        return new TextMatch("of any text", "", text -> true);
    }

    boolean matches(String text) {
        return predicate.test(text);
    }

    /** How near a text has come, between 0 and 1. */
    double likeness(String text) {
        return matches(text) ? 1 : Likeness.of(expected, text);
    }

    @Override
    public String toString() {
        return description;
    }
}
