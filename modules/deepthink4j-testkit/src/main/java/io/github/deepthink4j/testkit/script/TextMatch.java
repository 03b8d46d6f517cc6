package io.github.deepthink4j.testkit.script;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a text must be like for a script to answer it. */
public final class TextMatch {

    private static final int GROUP = 3;

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

    public boolean matches(String text) {
        return predicate.test(text);
    }

    /**
     * How near a text has come, so that the message of a failed test can name the script that was probably meant: the share
     * of what is expected, in groups of three letters, that is found in the text.
     *
     * @return between 0 and 1, which is a match
     */
    public double likeness(String text) {
        if (matches(text)) {
            return 1;
        }
        Set<String> wanted = groups(expected);
        Set<String> found = groups(text);
        long common = wanted.stream().filter(found::contains).count();
        return wanted.isEmpty() ? 0 : (double) common / wanted.size();
    }

    private static Set<String> groups(String text) {
        String folded = " " + text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ") + " ";
        Set<String> groups = new HashSet<>();
        for (int i = 0; i + GROUP <= folded.length(); i++) {
            groups.add(folded.substring(i, i + GROUP));
        }
        return groups;
    }

    @Override
    public String toString() {
        return description;
    }
}
