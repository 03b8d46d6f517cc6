package io.github.deepthink4j.benchmarks.compare;

import io.github.deepthink4j.benchmarks.scenario.Figure;
import io.github.deepthink4j.benchmarks.subject.Library;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a figure is to be, for one library in the scenarios whose names begin so; judged by the median over the passes. */
record Goal(String scenario, String figure, Library library, Kind kind, double bound) {

    enum Kind {
        RATIO_AT_MOST,
        AT_MOST,
        AT_LEAST
    }

    static final List<Goal> ALL = List.of(
            ratio("full-speed", Figure.CPU_PER_CHUNK, 0.30),
            atMost("full-speed", Figure.GARBAGE_PER_CHUNK, 600),
            ratio("pace-1000", Figure.CPU_PER_CHUNK, 0.60),
            atMost("pace-1000", Figure.DELAY_P99, 15),
            atLeast("pace-1000", Figure.DELIVERED, 0.995),
            atMost("pace-1000", Figure.THREADS, 110),
            atMost("pace-10000", Figure.DELAY_P99, 500),
            atLeast("pace-10000", Figure.DELIVERED, 0.995),
            atMost("pace-10000", Figure.THREADS, 110),
            atMost("cancel-", Figure.CLOSED_MEDIAN, 1),
            atMost("cancel-", Figure.CLOSED_MAX, 10),
            atMost("cancel-", Figure.NOT_CLOSED, 0),
            ratio("cold-start", Figure.FIRST_ANSWER, 0.40),
            atMost("kept-heap", Figure.KEPT, 300),
            ratio("whole-body", Figure.TIME_PER_BODY, 0.65),
            ratio("whole-body", Figure.GARBAGE_PER_BODY, 0.65));

    private static Goal ratio(String scenario, String figure, double bound) {
        return new Goal(scenario, figure, Library.DEEPTHINK4J, Kind.RATIO_AT_MOST, bound);
    }

    private static Goal atMost(String scenario, String figure, double bound) {
        return new Goal(scenario, figure, Library.DEEPTHINK4J, Kind.AT_MOST, bound);
    }

    private static Goal atLeast(String scenario, String figure, double bound) {
        return new Goal(scenario, figure, Library.DEEPTHINK4J, Kind.AT_LEAST, bound);
    }

    /** The one whose scenario is the most exact. */
    static Optional<Goal> of(String scenario, String figure, Library library) {
        return matching(scenario, figure, library).max((one, other) -> one.scenario.length() - other.scenario.length());
    }

    private static Stream<Goal> matching(String scenario, String figure, Library library) {
        return ALL.stream()
                .filter(goal -> goal.library == library
                        && goal.figure.equals(figure)
                        && (scenario.equals(goal.scenario)
                                || scenario.startsWith(goal.scenario + "-")
                                || goal.scenario.endsWith("-") && scenario.startsWith(goal.scenario)));
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
