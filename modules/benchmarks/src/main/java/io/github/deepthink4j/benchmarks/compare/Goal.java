package io.github.deepthink4j.benchmarks.compare;

import io.github.deepthink4j.benchmarks.scenario.Figure;
import io.github.deepthink4j.benchmarks.subject.Library;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a figure is to be, judged by the median over the passes.
 *
 * @param scenario its name, or what names begin with if it ends with "-"
 */
record Goal(String scenario, String figure, Library library, Kind kind, double bound) {

    enum Kind {
        RATIO_AT_MOST,
        AT_MOST,
        AT_LEAST
    }

    static final List<Goal> ALL = Stream.concat(
                    jdk(),
                    Stream.of(Library.DEEPTHINK4J_NETTY, Library.DEEPTHINK4J_NETTY_LOOP)
                            .flatMap(Goal::netty))
            .toList();

    private static Stream<Goal> jdk() {
        Library jdk = Library.DEEPTHINK4J;
        return Stream.concat(
                same(jdk),
                Stream.of(
                        ratio("full-speed", Figure.CPU_PER_CHUNK, jdk, 0.30),
                        atMost("full-speed", Figure.GARBAGE_PER_CHUNK, jdk, 600),
                        atMost("full-speed-chinese", Figure.GARBAGE_PER_CHUNK, jdk, 600),
                        ratio("pace-1000", Figure.CPU_PER_CHUNK, jdk, 0.60),
                        atMost("pace-1000", Figure.DELAY_P99, jdk, 15),
                        atMost("pace-1000", Figure.THREADS, jdk, 110),
                        atMost("pace-10000", Figure.DELAY_P99, jdk, 500),
                        atMost("pace-10000", Figure.THREADS, jdk, 110)));
    }

    private static Stream<Goal> netty(Library netty) {
        return Stream.concat(
                same(netty),
                Stream.of(
                        ratio("full-speed", Figure.CPU_PER_CHUNK, netty, 0.15),
                        atMost("full-speed", Figure.GARBAGE_PER_CHUNK, netty, 300),
                        atMost("full-speed-chinese", Figure.GARBAGE_PER_CHUNK, netty, 300),
                        ratio("pace-1000", Figure.CPU_PER_CHUNK, netty, 0.30),
                        ratio("pace-1000-tls", Figure.CPU_PER_CHUNK, netty, 0.40),
                        atMost("pace-1000", Figure.DELAY_P99, netty, 2),
                        atMost("pace-1000", Figure.THREADS, netty, 40),
                        atMost("pace-10000", Figure.DELAY_P99, netty, 50),
                        atMost("pace-10000", Figure.THREADS, netty, 40)));
    }

    /** What does not depend on what carries the bytes. */
    private static Stream<Goal> same(Library library) {
        return Stream.of(
                atLeast("pace-1000", Figure.DELIVERED, library, 0.995),
                atLeast("pace-10000", Figure.DELIVERED, library, 0.995),
                atMost("cancel-", Figure.CLOSED_MEDIAN, library, 1),
                atMost("cancel-", Figure.CLOSED_MAX, library, 10),
                atMost("cancel-", Figure.NOT_CLOSED, library, 0),
                ratio("cold-start", Figure.FIRST_ANSWER, library, 0.40),
                atMost("kept-heap", Figure.KEPT, library, 300),
                ratio("whole-body", Figure.TIME_PER_BODY, library, 0.65),
                ratio("whole-body", Figure.GARBAGE_PER_BODY, library, 0.65));
    }

    private static Goal ratio(String scenario, String figure, Library library, double bound) {
        return new Goal(scenario, figure, library, Kind.RATIO_AT_MOST, bound);
    }

    private static Goal atMost(String scenario, String figure, Library library, double bound) {
        return new Goal(scenario, figure, library, Kind.AT_MOST, bound);
    }

    private static Goal atLeast(String scenario, String figure, Library library, double bound) {
        return new Goal(scenario, figure, library, Kind.AT_LEAST, bound);
    }

    static Optional<Goal> of(String scenario, String figure, Library library) {
        return ALL.stream()
                .filter(goal -> goal.library == library && goal.figure.equals(figure) && goal.holdsFor(scenario))
                .findFirst();
    }

    private boolean holdsFor(String scenario) {
        return scenario.equals(this.scenario) || this.scenario.endsWith("-") && scenario.startsWith(this.scenario);
    }

    String text() {
        return switch (kind) {
            case RATIO_AT_MOST -> String.format(Locale.ROOT, "ratio at most %.2f", bound);
            case AT_MOST -> "at most " + Cell.number(bound);
            case AT_LEAST -> "at least " + Cell.number(bound);
        };
    }

    /** NaN, where there was nothing to compare with, meets nothing. */
    boolean isMet(double median, double ratio) {
        return switch (kind) {
            case RATIO_AT_MOST -> ratio <= bound;
            case AT_MOST -> median <= bound;
            case AT_LEAST -> median >= bound;
        };
    }
}
