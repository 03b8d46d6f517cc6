package io.github.deepthink4j.testkit;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** How alike two texts are: the share of what is expected, in groups of three letters, that is found in the other. */
final class Likeness {

    private static final int GROUP = 3;

    private Likeness() {}

    /**
     * @return between 0 and 1
     */
    static double of(String expected, String actual) {
        Set<String> wanted = groups(expected);
        if (wanted.isEmpty()) {
            return 0;
        }
        Set<String> found = groups(actual);
        long common = wanted.stream().filter(found::contains).count();
        return (double) common / wanted.size();
    }

    private static Set<String> groups(String text) {
        String folded = " " + text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ") + " ";
        Set<String> groups = new HashSet<>();
        for (int i = 0; i + GROUP <= folded.length(); i++) {
            groups.add(folded.substring(i, i + GROUP));
        }
        return groups;
    }
}
