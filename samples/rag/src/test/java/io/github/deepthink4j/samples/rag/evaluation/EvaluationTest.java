package io.github.deepthink4j.samples.rag.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.OnlyThorough;
import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.SampleCorpus.Run;
import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.index.Stores;
import io.github.deepthink4j.samples.rag.model.Language;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.retrieval.NeighbourRetriever;
import io.github.deepthink4j.samples.rag.retrieval.RetrievalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures of the documentation, with a floor under them. */
class EvaluationTest {

    private static final Path QUESTIONS = Path.of("evaluation/questions.json");

    private static NeighbourRetriever retriever(Path index) throws IOException {
        return new NeighbourRetriever(
                Index.passages(
                        index, new Stores("", LocalEmbeddings.model().dimension(), Map.of()), SampleCorpus.PIPELINE),
                LocalEmbeddings.model(),
                new RetrievalSettings(6, null, 3_000));
    }

    @Test
    void should_find_what_was_expected() throws IOException {
        NeighbourRetriever retriever = retriever(SampleCorpus.index());
        List<ExpectedAnswer> questions = ExpectedAnswer.read(QUESTIONS);

        RetrievalFigures figures = new Evaluation(questions, System.out::println).retrieval(retriever);

        assertThat(questions).hasSize(40);
        assertThat(figures.wronglyRefused()).isZero();
        Map<Language, EvaluationRun> byLanguage =
                EvaluationRun.of(figures, List.of()).byLanguage();
        RetrievalFigures english =
                new RetrievalFigures(byLanguage.get(Language.ENGLISH).retrieved());
        RetrievalFigures chinese =
                new RetrievalFigures(byLanguage.get(Language.CHINESE).retrieved());
        for (RetrievalFigures half : List.of(english, chinese)) {
            assertThat(half.answerable()).isEqualTo(16);
            assertThat(half.unanswerable()).isEqualTo(4);
            assertThat(half.rightlyRefused()).isGreaterThanOrEqualTo(2);
        }
        assertThat(english.recallAt(1)).isGreaterThanOrEqualTo(0.9);
        assertThat(english.recallAt(5)).isGreaterThanOrEqualTo(0.98);
        assertThat(english.meanReciprocalRank()).isGreaterThanOrEqualTo(0.95);
        assertThat(chinese.recallAt(1)).isGreaterThanOrEqualTo(0.75);
        assertThat(chinese.recallAt(5)).isGreaterThanOrEqualTo(0.9);
        assertThat(chinese.meanReciprocalRank()).isGreaterThanOrEqualTo(0.8);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void should_lose_next_to_nothing_by_a_folder_of_both_languages(Language language, @TempDir Path folder)
            throws IOException {
        Path documents = Files.createDirectory(folder.resolve("documents"));
        copyHalf(language, documents);
        String index = folder.resolve("index").toString();
        SampleCorpus.run(Map.of(), "", "ingest", "--index", index, documents.toString());
        boolean chinese = language == Language.CHINESE;
        List<ExpectedAnswer> questions = ExpectedAnswer.read(QUESTIONS).stream()
                .filter(question -> Language.of(question.question()).contains(Language.CHINESE) == chinese)
                .toList();

        RetrievalFigures alone = new Evaluation(questions, line -> {}).retrieval(retriever(Path.of(index)));
        RetrievalFigures mixed = new Evaluation(questions, line -> {}).retrieval(retriever(SampleCorpus.index()));

        assertThat(questions).hasSize(20);
        assertThat(mixed.recallAt(1)).isGreaterThanOrEqualTo(alone.recallAt(1) - 0.02);
        assertThat(mixed.recallAt(5)).isGreaterThanOrEqualTo(alone.recallAt(5) - 0.02);
    }

    private static void copyHalf(Language language, Path documents) throws IOException {
        try (Stream<Path> files = Files.walk(SampleCorpus.FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = SampleCorpus.FOLDER.relativize(file);
                if (name.startsWith("zh") == (language == Language.CHINESE)) {
                    Files.createDirectories(documents.resolve(name).getParent());
                    Files.copy(file, documents.resolve(name));
                }
            }
        }
    }

    @Test
    @OnlyThorough
    void should_print_the_figures_of_the_whole() {
        Run run = SampleCorpus.run(
                Map.of(), "", "evaluate", "--index", SampleCorpus.index().toString());

        System.out.println(run.output());
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("40 questions.", "recall@1", "recall@3", "recall@5", "  Chinese: ", "  English: ")
                .containsPattern(
                        "Answers \\(of a simulator[^)]*\\): [23]\\d of 32 right, [23]\\d of them citing an expected")
                .containsPattern("4 of 8 rightly refused, 0 wrongly; 0 claims without a source, 0 unsupported")
                .containsPattern("Tokens: reasoner 36 requests, [1-9]\\d+ tokens in");
    }

    @Test
    void should_compute_recall_and_rank_as_they_are_defined() {
        RetrievalFigures figures = new RetrievalFigures(List.of(
                new Retrieved("a", true, List.of(1, 4), false),
                new Retrieved("b", true, List.of(2), false),
                new Retrieved("c", true, List.of(0), true),
                new Retrieved("d", false, List.of(), true),
                new Retrieved("e", false, List.of(), false)));

        assertThat(figures.recallAt(1)).isEqualTo(0.5 / 3);
        assertThat(figures.recallAt(3)).isEqualTo(1.5 / 3);
        assertThat(figures.recallAt(5)).isEqualTo(2.0 / 3);
        assertThat(figures.meanReciprocalRank()).isEqualTo(1.5 / 3);
        assertThat(figures.answerable()).isEqualTo(3);
        assertThat(figures.wronglyRefused()).isEqualTo(1);
        assertThat(figures.rightlyRefused()).isEqualTo(1);
        assertThat(figures.unanswerable()).isEqualTo(2);
    }
}
