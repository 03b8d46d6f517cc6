package io.github.deepthink4j.samples.rag.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.OnlyThorough;
import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.SampleCorpus.Run;
import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.index.Stores;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.retrieval.NeighbourRetriever;
import io.github.deepthink4j.samples.rag.retrieval.RetrievalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The figures of the documentation, with a floor under them. */
class EvaluationTest {

    private static final Path QUESTIONS = Path.of("evaluation/questions.json");

    @Test
    void should_find_what_was_expected() throws IOException {
        NeighbourRetriever retriever = new NeighbourRetriever(
                Index.passages(
                        SampleCorpus.index(),
                        new Stores("", LocalEmbeddings.model().dimension(), Map.of()),
                        SampleCorpus.PIPELINE),
                LocalEmbeddings.model(),
                new RetrievalSettings(6, null, 3_000));
        List<ExpectedAnswer> questions = ExpectedAnswer.read(QUESTIONS);

        RetrievalFigures figures = new Evaluation(questions, System.out::println).retrieval(retriever);

        assertThat(questions).hasSize(20);
        assertThat(figures.recallAt(1)).isGreaterThanOrEqualTo(0.9);
        assertThat(figures.recallAt(3)).isGreaterThanOrEqualTo(0.95);
        assertThat(figures.recallAt(5)).isGreaterThanOrEqualTo(0.95);
        assertThat(figures.meanReciprocalRank()).isGreaterThanOrEqualTo(0.9);
        assertThat(figures.wronglyRefused()).isZero();
        assertThat(figures.unanswerable()).isEqualTo(4);
        assertThat(figures.rightlyRefused()).isGreaterThanOrEqualTo(2);
    }

    @Test
    @OnlyThorough
    void should_print_the_figures_of_the_whole() {
        Run run = SampleCorpus.run(
                Map.of(), "", "evaluate", "--index", SampleCorpus.index().toString());

        System.out.println(run.output());
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("20 questions.", "recall@1", "recall@3", "recall@5")
                .containsPattern("Answers \\(of a simulator[^)]*\\): 1\\d of 16 right, 1\\d of them citing an expected")
                .containsPattern("2 of 4 rightly refused, 0 wrongly; 0 claims without a source")
                .containsPattern("Tokens: reasoner 18 requests, [1-9]\\d+ tokens in");
    }

    @Test
    void should_compute_recall_and_rank_as_they_are_defined() {
        RetrievalFigures figures = new RetrievalFigures(List.of(List.of(1, 4), List.of(2), List.of(0)), 1, 2, 1);

        assertThat(figures.recallAt(1)).isEqualTo(0.5 / 3);
        assertThat(figures.recallAt(3)).isEqualTo(1.5 / 3);
        assertThat(figures.recallAt(5)).isEqualTo(2.0 / 3);
        assertThat(figures.meanReciprocalRank()).isEqualTo(1.5 / 3);
    }
}
