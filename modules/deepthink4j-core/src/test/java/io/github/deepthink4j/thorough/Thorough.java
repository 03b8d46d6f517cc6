package io.github.deepthink4j.thorough;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What goes over all pairs, cuts or seeds takes minutes. {@code mvn verify} tries a share of it and says which, {@code mvn verify
 * -Pthorough} and CI try all of it.
 */
public final class Thorough {

    /** The system property that asks for all; Surefire is given it by the profile. */
    static final String PROPERTY = "thorough";

    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private Thorough() {}

    /** Whether all is to be tried. */
    public static boolean on() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** All rows of a parameterized test, or those of the share. What is left out is printed. */
    public static <T> Stream<T> orShare(Stream<T> rows, Predicate<T> share) {
        List<T> all = rows.toList();
        return said(CALLERS.getCallerClass(), all, all.stream().filter(share).toList());
    }

    /** All rows, or the first of every so many. What is left out is printed. */
    public static <T> Stream<T> orEvery(int step, Stream<T> rows) {
        List<T> all = rows.toList();
        List<T> share = IntStream.range(0, all.size())
                .filter(i -> i % step == 0)
                .mapToObj(all::get)
                .toList();
        return said(CALLERS.getCallerClass(), all, share);
    }

    private static <T> Stream<T> said(Class<?> test, List<T> all, List<T> share) {
        if (on()) {
            return all.stream();
        }
        if (share.isEmpty()) {
            throw new IllegalStateException("nothing of " + test.getSimpleName() + " would be tried");
        }
        // The words are counted by .ci/count-tests.
        System.out.printf(
                "[thorough] %s: %d of %d here, %d left out; all of them: mvn verify -Pthorough%n",
                test.getSimpleName(), share.size(), all.size(), all.size() - share.size());
        return share.stream();
    }

    /** Several forms of the same within a test, or one of them, by turns from test to test. */
    public static <T> List<T> orOne(List<T> forms, int turn) {
        return on() ? forms : List.of(forms.get(Math.floorMod(turn, forms.size())));
    }

    /** How often something is repeated within a test. */
    public static int times(int all, int share) {
        return on() ? all : share;
    }
}
