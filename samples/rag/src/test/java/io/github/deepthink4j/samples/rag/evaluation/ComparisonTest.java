package io.github.deepthink4j.samples.rag.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static Retrieved found(String question, int rank) {
        return new Retrieved(question, true, List.of(rank), rank == 0);
    }

    private static Answered answered(String question, boolean right) {
        return new Answered(question, true, right, false, true, true, 0, 0, true);
    }

    private static EvaluationRun run(List<Retrieved> retrieved, List<Answered> answered) {
        return EvaluationRun.of(new RetrievalFigures(retrieved), answered);
    }

    /** As many questions of each kind. */
    private static Comparison recall(int gained, int lost, int same) {
        List<Retrieved> before = new ArrayList<>();
        List<Retrieved> after = new ArrayList<>();
        IntStream.range(0, gained + lost + same).forEach(i -> {
            before.add(found("question " + i, i < gained ? 0 : 1));
            after.add(found("question " + i, i >= gained && i < gained + lost ? 0 : 1));
        });
        return Comparison.of(run(before, List.of()), run(after, List.of())).get(0);
    }

    @Test
    void should_pair_the_questions_and_name_those_that_changed() {
        EvaluationRun before = run(
                List.of(
                        found("a", 0),
                        found("b", 1),
                        found("c", 3),
                        found("only before", 1),
                        new Retrieved("no answer", false, List.of(), true)),
                List.of(answered("a", false), answered("b", true)));
        EvaluationRun after = run(
                List.of(
                        found("c", 2),
                        found("b", 1),
                        found("a", 1),
                        found("only now", 0),
                        new Retrieved("no answer", false, List.of(), false)),
                List.of(answered("b", false), answered("a", true)));

        List<Comparison> comparisons = Comparison.of(before, after);

        assertThat(comparisons)
                .extracting(Comparison::figure)
                .containsExactly("recall@1", "recall@5", "mean reciprocal rank", "right answers");
        assertThat(comparisons.get(0).pairs()).isEqualTo(3);
        assertThat(comparisons.get(0).before()).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(comparisons.get(0).after()).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(comparisons.get(0).gained()).containsExactly("a");
        assertThat(comparisons.get(2).gained()).containsExactly("c", "a");
        assertThat(comparisons.get(3).gained()).containsExactly("a");
        assertThat(comparisons.get(3).lost()).containsExactly("b");
    }

    @Test
    void should_compare_nothing_where_no_question_is_in_both() {
        assertThat(Comparison.of(run(List.of(found("a", 1)), List.of()), run(List.of(found("b", 1)), List.of())))
                .isEmpty();
    }

    @Test
    void should_compute_the_probability_as_the_exact_test_does() {
        assertThat(recall(0, 0, 5).probabilityByChance()).isEqualTo(1);
        assertThat(recall(1, 0, 5).probabilityByChance()).isEqualTo(1);
        assertThat(recall(5, 0, 5).probabilityByChance()).isCloseTo(0.0625, within(1e-9));
        assertThat(recall(8, 2, 0).probabilityByChance()).isCloseTo(0.109375, within(1e-9));
        assertThat(recall(2, 8, 0).probabilityByChance()).isCloseTo(0.109375, within(1e-9));
        assertThat(recall(1_500, 1_000, 0).probabilityByChance()).isBetween(0.0, 1e-20);
    }

    @Test
    void should_draw_the_same_interval_each_time_and_one_that_holds_the_difference() {
        Comparison once = recall(8, 2, 30);
        Comparison again = recall(8, 2, 30);

        assertThat(once.difference()).isEqualTo(again.difference());
        assertThat(once.difference().low()).isBetween(-0.02, 0.05);
        assertThat(once.difference().high()).isBetween(0.25, 0.33);
        assertThat(recall(0, 0, 9).difference()).isEqualTo(new Interval(0, 0));
    }

    @Test
    void should_compute_the_interval_of_a_share_as_wilson_does() {
        Interval ten = new RetrievalFigures(Collections.nCopies(10, found("a", 1))).recallIntervalAt(1);

        assertThat(ten.low()).isCloseTo(0.722, within(0.001));
        assertThat(ten.high()).isEqualTo(1);
        assertThat(Interval.ofShare(0.5, 100)).hasToString("0.40 to 0.60");
        assertThat(Interval.ofShare(0, 0)).isEqualTo(new Interval(0, 1));
    }
}
